import { describe, expect, it } from 'vitest';
import { metLook, targetOf, tickText } from '../../../../webview/dashboard/figureText.ts';
import { axisLabel, runFooting, runHeading } from '../../../../webview/dashboard/runColumn.ts';
import { runLook, verdictLook } from '../../../../webview/dashboard/verdictText.ts';
import { dashboardRun, figure } from './dashboardRun.ts';

const HOSTILE = '\u202e<img onerror=alert(1)> \u0000' + 'ä'.repeat(10_000);

describe('verdicts', () => {
  it('have each a sign and a word of their own', () => {
    const words = ['slower', 'faster', 'same', 'inconclusive', 'withheld'] as const;
    const looks = [
      ...words.map((word) => verdictLook({ word, leans: null, tier: 1, text: '' })),
      ...(['slower', 'faster'] as const).map((leans) =>
        verdictLook({ word: 'inconclusive', leans, tier: 1, text: '' }),
      ),
    ];
    expect(new Set(looks.map(({ sign }) => sign)).size).toBe(7);
    expect(new Set(looks.map(({ word }) => word)).size).toBe(7);
    // A hint is never red.
    expect(looks.filter(({ tone }) => tone === 'bad').map(({ word }) => word)).toEqual(['worse']);
  });

  it('tell of a run that did not end well how it ended', () => {
    expect(runLook(dashboardRun({}, { status: 'failed', seconds: null }))?.word).toBe('failed');
    expect(runLook(dashboardRun({ a: 1 }))).toBeNull();
  });
});

describe('figures', () => {
  it('are shown in their units', () => {
    expect(targetOf(figure('f', 1, { target: 0.95 }))).toBe('≥ 95.00 %');
    expect(targetOf(figure('f', 1, { target: 360, unit: 's', direction: 'at-most' }))).toBe(
      '≤ 6 min 00 s',
    );
    expect(targetOf(figure('f', 1, { target: null }))).toBe('');
    expect([tickText(0.355, 'share'), tickText(40, 'texts/s'), tickText(1.5e9, 'bytes')]).toEqual([
      '35.5 %',
      '40',
      '1.50 GB',
    ]);
    expect(metLook({ met: null, target: 1 }).word).toBe('not measured');
    expect(metLook({ met: null, target: null }).word).toBe('no target');
  });
});

describe('columns', () => {
  it('are named in few and short lines, whatever the names', () => {
    const verdict = { word: 'withheld', leans: null, tier: 0, text: HOSTILE } as const;
    const run = dashboardRun({}, { name: HOSTILE, reused: [HOSTILE], accepted: true, verdict });
    expect(axisLabel(run)).toBe('★ 23 Nov 07:53');
    expect(runHeading(run, 0, 3).length).toBeLessThan(100);
    const footing = runFooting(run);
    expect(footing.length).toBeLessThanOrEqual(8);
    expect(Math.max(...footing.map((line) => line.length))).toBeLessThanOrEqual(130);
    expect(footing.join('')).not.toContain('\u202e');
  });
});

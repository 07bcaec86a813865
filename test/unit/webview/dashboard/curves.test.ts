import { describe, expect, it } from 'vitest';
import { figureCurves } from '../../../../webview/dashboard/figureCurves.ts';
import { OTHERS, allowedTotals, stageCurves } from '../../../../webview/dashboard/stageCurves.ts';
import { timeStep } from '../../../../webview/dashboard/timeStep.ts';
import { dashboardRun, figure } from './dashboardRun.ts';

const MANY = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`s${i}`, 14 - i]));

describe('stageCurves', () => {
  it('puts the longest first and leaves gaps where a run lacks a stage', () => {
    const curves = stageCurves([dashboardRun({ a: 1, b: 5 }), dashboardRun({ a: 2 })], false);
    expect(curves.map(({ stage, values }) => [stage, values])).toEqual([
      ['b', [5, null]],
      ['a', [1, 2]],
    ]);
  });

  it('adds up what is too many to tell apart, unless times lie within one another', () => {
    const curves = stageCurves([dashboardRun(MANY)], false);
    expect(curves).toHaveLength(10);
    const sum = curves.reduce((all, { values }) => all + (values[0] ?? 0), 0);
    expect(sum).toBe(Object.values(MANY).reduce((all, each) => all + each, 0));
    expect(curves.at(-1)?.stage).toBe(OTHERS);
    expect(stageCurves([dashboardRun(MANY)], true).map(({ stage }) => stage)).not.toContain(OTHERS);
  });
});

describe('allowedTotals', () => {
  it('is the real-time factor that was asked for times the recording', () => {
    const figures = [figure('real-time-factor', 0.01, { target: 0.02 })];
    const runs = [dashboardRun({ a: 1 }, { figures }), dashboardRun({ a: 1 })];
    expect(allowedTotals(runs, 's')).toEqual([12, null]);
    expect(allowedTotals(runs, 's/h')).toEqual([72, null]);
  });
});

describe('figureCurves', () => {
  it('shows first what misses its target, and nothing that no run measured', () => {
    const runs = [
      dashboardRun({}, { figures: [figure('fine', 0.99), figure('voice-coverage', 0.99)] }),
      dashboardRun(
        {},
        {
          figures: [
            figure('fine', 0.95),
            figure('voice-coverage', 0.34),
            figure('unknown', null),
            figure('audio-hours-per-hour', 1),
          ],
        },
      ),
    ];
    const curves = figureCurves(runs);
    expect(curves.map(({ name }) => name)).toEqual(['voice-coverage', 'fine']);
    expect(curves[0]).toMatchObject({
      values: [0.99, 0.34],
      met: [true, false],
      targets: [0.9, 0.9],
      newest: { value: 0.34 },
    });
  });

  it('keeps the last value that there was', () => {
    const runs = [
      dashboardRun({}, { figures: [figure('fine', 0.99)] }),
      dashboardRun({}, { figures: [figure('fine', null)] }),
    ];
    expect(figureCurves(runs)[0]).toMatchObject({ values: [0.99, null], newest: { value: 0.99 } });
  });
});

describe('timeStep', () => {
  it('is a step of the clock for minutes and hours', () => {
    expect([3, 240, 300, 990, 7200, 1e6].map(timeStep)).toEqual([
      undefined,
      undefined,
      60,
      300,
      1800,
      undefined,
    ]);
  });
});

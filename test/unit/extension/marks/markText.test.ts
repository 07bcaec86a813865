import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markChart, markChartAddress } from '../../../../src/extension/marks/markChart.ts';
import {
  findingLines,
  literalMarkdown,
  markPage,
  verdictLines,
} from '../../../../src/extension/marks/markMarkdown.ts';
import {
  findingText,
  isRegression,
  lineEndText,
  lookOf,
  oneLine,
  shortened,
  summaryText,
  valueText,
  verdictText,
} from '../../../../src/extension/marks/markText.ts';
import { withoutIcons } from '../../../../src/extension/platform/withoutIcons.ts';
import { mark, markFinding, markVerdict } from '../../../helpers/marks.ts';

describe('the texts of a mark', () => {
  it('tell effect, interval, number of runs and verdict', () => {
    expect(verdictText(markVerdict())).toBe('▲ +31 % (+24 … +38 %), 10 v 10 · slower');
    expect(verdictText(markVerdict({ word: 'faster', ratio: 0.88, interval: [0.85, 0.955] }))).toBe(
      '▼ −12 % (−15 … −4.5 %), 10 v 10 · faster',
    );
    expect(
      verdictText(markVerdict({ word: 'inconclusive', ratio: null, interval: [null, null] })),
    ).toBe('? 10 v 10 · inconclusive');
    expect(verdictText(markVerdict({ tier: 1, interval: [null, 1.4] }))).toBe(
      '▲ +31 % (? … +40 %), 10 v 10 · slower, a hint',
    );
    expect(
      verdictText(
        markVerdict({ tier: 0, metric: 'loads:model.bin', unit: 'loads', medians: [1, 4] }),
      ),
    ).toBe('▲ loads:model.bin 1 loads → 4 loads · worse');
  });

  it('tell at the end of a line the change, the share of the run as a bar too, and whether it is stale', () => {
    expect(lineEndText(mark(), false)).toBe('▲ +31 % · ▄ 62 % of the run'.replace('▄', '▅'));
    expect(lineEndText(mark({ share: 0.004 }), true)).toBe(
      '▲ +31 % · ▁ < 1 % of the run · the line changed since it was measured',
    );
    expect(lineEndText(mark({ verdict: markVerdict({ word: 'same' }), share: 1 }), false)).toBe(
      '= same · █ 100 % of the run',
    );
    expect(lineEndText(mark({ verdict: null, finding: markFinding(), share: null }), false)).toBe(
      '⚠ model.bin was loaded 4 times. · 3.2 s lost',
    );
    expect(
      lineEndText(mark({ verdict: markVerdict({ word: 'withheld' }), share: null }), false),
    ).toBe('○ +31 %, withheld');
  });

  it('look red for what is certain only', () => {
    expect(lookOf(mark(), false)).toBe('slower');
    expect(lookOf(mark(), true)).toBe('stale');
    expect(lookOf(mark({ verdict: markVerdict({ tier: 1 }) }), false)).toBe('inconclusive');
    expect(lookOf(mark({ verdict: markVerdict({ word: 'withheld' }) }), false)).toBe(
      'inconclusive',
    );
    expect(lookOf(mark({ verdict: null, finding: markFinding() }), false)).toBe('finding');
    expect([0, 1, 2, 3].map((tier) => isRegression(markVerdict({ tier })))).toEqual([
      ...[true, false, true, false],
    ]);
    expect(isRegression(markVerdict({ word: 'inconclusive' }))).toBe(false);
  });

  it('give values in units that people read', () => {
    expect(valueText(1.3149, 's')).toBe('1.31 s');
    expect(valueText(0.0802, 's')).toBe('80.2 ms');
    expect(valueText(0.0000802, 's')).toBe('80.2 µs');
    expect(valueText(4, 'loads')).toBe('4 loads');
    expect(valueText('cuda:0', '')).toBe('cuda:0');
    expect(valueText(null, 's')).toBe('–');
  });
});

const HOSTILE = [
  '[x](command:workbench.action.terminal.new)',
  '<img src=x onerror=alert(1)>',
  '![x](https://example.org/x.png)',
  'https://example.org www.example.org mail@example.org',
  '`code` **bold** | cell\n\n# heading\n- item',
  '$(error) \u202e\u2066 right to left',
  '\\[x](y)',
  'x'.repeat(100_000),
];

describe('texts from outside', () => {
  it('are shown as they are, on one line, and cut where they are long', () => {
    for (const text of HOSTILE) {
      const shown = literalMarkdown(text);
      expect(shown).not.toMatch(/(?<!\\)(?:\\\\)*[[\]<>()`*_|#!:.@$]/u);
      expect(shown).not.toMatch(/[\n\u202e\u2066]/u);
      expect(shown.length).toBeLessThan(1000);
    }
  });

  it('come back out of their backslashes, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const shown = literalMarkdown(text);
        expect(shown.replace(/\\([!-/:-@[-`{-~])/gu, '$1')).toBe(shortened(text, 400));
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(withoutIcons(text)).not.toContain('$(');
      }),
    );
  });

  it('stay what they are in lists, pages and lines of findings', () => {
    for (const text of HOSTILE) {
      const finding = markFinding({
        title: text,
        cause: text,
        evidence: [{ text, file: text, line: 3, span: null }],
      });
      const hostile = mark({
        ...{ name: text, file: text, finding },
        verdict: markVerdict({ stage: text, metric: text, unit: text, reason: text, word: 'same' }),
        runs: { a: ['`rm`'], b: ['```\nrm'] },
      });
      for (const line of [...verdictLines(hostile.verdict!, 0.5), ...findingLines(finding)]) {
        expect(line).not.toMatch(/\n|(?<!\\)(?:<img|\]\()|https?:\/\//u);
      }
      const page = markPage(hostile);
      expect(page).not.toMatch(/(?<!\\)(?:<img|\]\()|^# heading/mu);
      expect(page.split('```')).toHaveLength(3);
      for (const line of [
        summaryText(hostile),
        findingText(finding),
        lineEndText(hostile, false),
      ]) {
        expect(line).not.toContain('\n');
      }
    }
  });
});

describe('the small chart', () => {
  it('draws the values of both sides and their medians, as an address that only holds letters and digits', () => {
    const svg = markChart(markVerdict())!;
    expect(svg.match(/<circle/gu)).toHaveLength(3);
    expect(svg.match(/<rect/gu)).toHaveLength(3 + 2);
    expect(svg).toContain('>1.31 s</text>');
    expect(markChartAddress(markVerdict())).toMatch(
      /^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+$/u,
    );
  });

  it('has nothing to draw without values', () => {
    expect(markChart(markVerdict({ values: [[], [1, 2]] }))).toBeNull();
    expect(markChartAddress(markVerdict({ values: [[], []] }))).toBeNull();
  });

  it('stays inside of its picture and holds no text from outside, whatever the values are', () => {
    const side = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      ...{ minLength: 1, maxLength: 12 },
    });
    fc.assert(
      fc.property(side, side, fc.string(), (a, b, unit) => {
        const svg = markChart(markVerdict({ values: [a, b], medians: [a[0]!, b[0]!], unit }));
        if (svg === null) return;
        expect(svg).not.toMatch(/NaN|Infinity|<script|&/u);
        for (const [, x] of svg.matchAll(/ c?x="(-?[\d.]+)"/gu)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(280);
        }
      }),
    );
  });
});

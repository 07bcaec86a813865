import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDLE_STEP } from '../../../../../src/profiler/diff/waterfall.ts';
import type { WaterfallStepView } from '../../../../../src/protocol/runMessages.ts';
import {
  explanationText,
  percentText,
  waterfallRows,
} from '../../../../../webview/diff/model/waterfallRows.ts';

const step = (stage: string | null, name: string, a: number, b: number): WaterfallStepView => ({
  stage,
  name,
  a,
  b,
  delta: b - a,
  countA: 1,
  countB: 2,
});

const of = (...steps: WaterfallStepView[]) => ({
  steps,
  totalA: steps.reduce((sum, { a }) => sum + a, 0),
  totalB: steps.reduce((sum, { b }) => sum + b, 0),
});

const ingest = of(
  step('decode', 'stage:decode', 10, 100),
  step('decode', 'ffmpeg', 5, 15),
  step('voice', 'pool', 30, 20),
  step(null, IDLE_STEP, 1, 3),
  step('embed', 'batch', 7, 7),
);

describe('waterfallRows', () => {
  it('leads from one total to the other, each bar beginning where the last ended', () => {
    const rows = waterfallRows(ingest, 'name', 10);
    expect(rows.map(({ label, from, to }) => [label, from, to])).toEqual([
      ['Total of A', 0, 53],
      ['stage:decode', 53, 143],
      ['decode · ffmpeg', 143, 153],
      ['voice · pool', 153, 143],
      ['Idle: no span ran', 143, 145],
      ['Total of B', 0, 145],
    ]);
  });

  it('adds up the steps of a stage, and knows which they were', () => {
    const [, decode] = waterfallRows(ingest, 'stage', 10);
    expect(decode).toMatchObject({
      ...{ label: 'decode', steps: [0, 1], a: 15, b: 115, delta: 100, countA: 2, countB: 4 },
      share: 100 / 92,
    });
  });

  it('puts what is left into one bar', () => {
    const rows = waterfallRows(ingest, 'name', 2);
    expect(rows.at(-2)).toMatchObject({ kind: 'others', label: '2 others', delta: -8, to: 145 });
    expect(waterfallRows(ingest, 'name', 3).map(({ kind }) => kind)).not.toContain('others');
  });

  it('keeps a name that looks like idle time apart from it', () => {
    const rows = waterfallRows(
      of(step(null, IDLE_STEP, 0, 5), step('x', IDLE_STEP, 0, 6)),
      'name',
      9,
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['total-a', 'step', 'idle', 'total-b']);
  });

  it('sums to the difference exactly, whatever the steps', () => {
    const amount = fc.integer({ min: 0, max: 1e15 });
    const stage = fc.constantFrom(null, 'a', 'b', '"],["');
    const name = fc.constantFrom('x', 'y', IDLE_STEP, '', '__proto__');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(stage, name, amount, amount), {
          selector: ([x, y]) => JSON.stringify([x, y]),
        }),
        fc.constantFrom('stage', 'name'),
        fc.integer({ min: 0, max: 5 }),
        (planned, grouping, top) => {
          const input = of(...planned.map((each) => step(...each)));
          const rows = waterfallRows(input, grouping, top);
          const bars = rows.slice(1, -1);
          expect(bars.reduce((level, { delta }) => level + delta, input.totalA)).toBe(input.totalB);
          expect(bars.at(-1)?.to ?? input.totalA).toBe(input.totalB);
          expect(new Set(bars.flatMap(({ steps }) => steps)).size).toBe(
            bars.flatMap(({ steps }) => steps).length,
          );
        },
      ),
      { seed: 23, numRuns: 300 },
    );
  });
});

describe('explanationText', () => {
  it('says how much the steps explain, and how much of the changes is idle', () => {
    expect(explanationText({ ...ingest, explainedShare: 0.979, unit: 'ns' })).toBe(
      'The steps explain 100.0 % of +92 ns. 2.1 % of the changes is time in which no span ran.',
    );
    expect(explanationText({ ...of(step('s', 'n', 5, 3)), explainedShare: 1, unit: 'bytes' })).toBe(
      'The steps explain 100.0 % of -2 B.',
    );
  });

  it('has words for totals that are the same', () => {
    const same = { ...of(step('s', 'n', 5, 5)), explainedShare: 1, unit: 'ns' };
    expect(explanationText(same)).toBe('No step changed.');
    const moved = of(step('s', 'n', 5, 6), step('s', 'm', 6, 5));
    expect(explanationText({ ...moved, explainedShare: 1, unit: 'ns' })).toBe(
      'What grew and what shrank cancel out.',
    );
  });
});

describe('percentText', () => {
  it('never rounds up to a whole or down to nothing', () => {
    expect([0, 0.0001, 0.021, 0.9999, 1, 1.5, -0.2, 52.67, -20].map(percentText)).toEqual([
      '0.0 %',
      '< 0.1 %',
      '2.1 %',
      '99.9 %',
      '100.0 %',
      '150.0 %',
      '-20.0 %',
      '53 ×',
      '-20 ×',
    ]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isAligned, RowRun } from '../../../../../webview/flame/model/rowRun.ts';
import { pieceOf, rowOfSpans } from '../madeScenes.ts';

function runOf(spans: Parameters<typeof pieceOf>[0]): RowRun {
  return new RowRun(0, 0, pieceOf(spans), 0, spans.length);
}

it('carries the worst flags, the longest span and the latest end up every level', () => {
  fc.assert(
    fc.property(rowOfSpans, (spans) => {
      const run = runOf(spans);
      for (const [above, level] of run.levels.entries()) {
        const size = 8 ** (above + 1);
        for (let bucket = 0; bucket < level.end.length; bucket += 1) {
          const inside = spans.slice(bucket * size, (bucket + 1) * size);
          expect(level.flags[bucket]).toBe(inside.reduce((or, { flags = 0 }) => or | flags, 0));
          expect(level.end[bucket]).toBe(Math.max(...inside.map((s) => s.start + s.duration)));
          expect(spans[level.longest[bucket]!]!.duration).toBe(
            Math.max(...inside.map(({ duration }) => duration)),
          );
        }
      }
      expect(run.levels.at(-1)?.end.length ?? spans.length).toBeLessThanOrEqual(8);
    }),
    { numRuns: 40 },
  );
});

it('finds the first span that ends after a time or begins then, and the first that starts from one on', () => {
  fc.assert(
    fc.property(rowOfSpans, fc.double({ min: 0, max: 1, noNaN: true }), (spans, share) => {
      const run = runOf(spans);
      const time = Math.round(share * (run.endNs + 1));
      const ending = spans.findIndex(
        ({ start, duration }) => start + duration > time || start >= time,
      );
      expect(run.firstEndingAfter(time)).toBe(ending < 0 ? spans.length : ending);
      const starting = spans.findIndex(({ start }) => start >= time);
      expect(run.firstStartingFrom(time)).toBe(starting < 0 ? spans.length : starting);
    }),
  );
});

it('finds spans that outlast the ones after them', () => {
  const spans = Array.from({ length: 100 }, (_, i) => ({ start: i, duration: i === 3 ? 500 : 1 }));
  const run = runOf(spans);
  expect(run.firstEndingAfter(300)).toBe(3);
  expect(run.endNs).toBe(503);
});

it('keeps the tint that is farthest from none', () => {
  const run = runOf(Array.from({ length: 64 }, (_, i) => ({ start: i, duration: 1 })));
  expect(run.levels[0]?.tint).toBeNull();
  run.tint = Float32Array.from({ length: 64 }, (_, i) =>
    i === 9 ? -0.5 : i < 8 ? Number.NaN : 0.25,
  );
  expect(run.levels[0]?.tint?.[0]).toBeNaN();
  expect(run.levels[0]?.tint?.[1]).toBe(-0.5);
  expect(run.levels[0]?.tint?.[2]).toBe(0.25);
});

it('tells where buckets begin', () => {
  expect(isAligned(0, 5)).toBe(true);
  expect(isAligned(1, 8)).toBe(true);
  expect(isAligned(2, 8)).toBe(false);
  expect(isAligned(2, 64)).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { traceOf } from './traceRun.ts';

const ITEMS = 40;

describe('serialised-batch', () => {
  it('is told by workers that begin where another one ends', () => {
    const run = traceOf(ITEMS * 10, (trace, root) => {
      for (let i = 0; i < ITEMS; i += 1) {
        trace.span('encode', i * 10, 9.9, { parent: root, track: `worker-${i % 4}` });
      }
    });
    const [finding] = run.findings();
    expect(finding).toMatchObject({ kind: 'serialised-batch', count: ITEMS });
    expect(finding?.wastedSeconds).toBeCloseTo(0.3, 1);
  });

  it('names the lock where spans tell of the waiting', () => {
    const run = traceOf(ITEMS * 10, (trace, root) => {
      for (let i = 0; i < ITEMS; i += 1) {
        const track = `worker-${i % 4}`;
        const from = Math.max(0, (i - 3) * 10);
        const span = trace.span('encode', from, i * 10 + 10 - from, { parent: root, track });
        trace.span('acquire model lock', from, i * 10 - from, { parent: span, track });
      }
    });
    const [finding] = run.findings();
    expect(finding?.kind).toBe('serialised-batch');
    expect(finding?.cause).toContain('acquire model lock');
  });

  it('is told by items that hold their waiting within them', () => {
    const run = traceOf(ITEMS * 10, (trace, root) => {
      for (let i = 0; i < ITEMS; i += 1) {
        const from = Math.max(0, (i - 3) * 10);
        trace.span('encode', from, i * 10 + 10 - from, { parent: root, track: `w${i % 4}` });
      }
    });
    expect(run.findings()[0]?.kind).toBe('serialised-batch');
  });

  it.each([
    ['workers side by side', (i: number) => [Math.floor(i / 4) * 10, `w${i % 4}`] as const],
    ['a single worker', (i: number) => [i * 10, 'w0'] as const],
    ['workers with nothing to do', (i: number) => [i * 40, `w${i % 4}`] as const],
    ['one worker after the other', (i: number) => [i * 10, `w${Math.floor(i / 10)}`] as const],
  ])('keeps silent on %s', (_what, place) => {
    const run = traceOf(ITEMS * 40, (trace, root) => {
      for (let i = 0; i < ITEMS; i += 1) {
        const [at, track] = place(i);
        trace.span('encode', at, 9.9, { parent: root, track });
      }
    });
    expect(run.kinds()).toEqual([]);
  });
});

describe('single straggler', () => {
  const lanes = (slow: number, at: number) =>
    traceOf(400, (trace, root) => {
      const free = [0, 0, 0, 0];
      for (let i = 0; i < ITEMS; i += 1) {
        const lane = free.indexOf(Math.min(...free));
        const length = i === at ? slow : 10;
        trace.span('tile', free[lane] ?? 0, length, { parent: root, track: `w${lane}` });
        free[lane] = (free[lane] ?? 0) + length;
      }
    });

  it('costs what the run would gain, not what the item lasts', () => {
    const [finding] = lanes(300, 20).findings();
    expect(finding?.kind).toBe('single straggler');
    // 40 items of 10 ms on four workers take 100 ms; the straggler ends at 50 + 300 ms.
    expect(finding?.wastedSeconds).toBeCloseTo(0.25, 2);
  });

  it('keeps silent where others work until it ends', () => {
    expect(lanes(55, 5).kinds()).toEqual([]);
  });

  it('keeps silent on an item that holds more', () => {
    const run = traceOf(1000, (trace, root) => {
      for (let i = 0, at = 0; i < 20; i += 1) {
        const items = i === 9 ? 40 : 1;
        trace.span('convert', at, items * 10, { parent: root, attributes: { items } });
        at += items * 10;
      }
    });
    expect(run.kinds()).toEqual([]);
  });
});

describe('cold-start-as-work', () => {
  const starting = (first: number, name = 'infer') =>
    traceOf(600, (trace, root) => {
      for (let i = 0, at = 0; i < 20; i += 1) {
        const length = i === 0 ? first : 10;
        trace.span(i === 0 ? name : 'infer', at, length, {
          parent: root,
          attributes: { items: 4 },
        });
        at += length;
      }
    });

  it('names the start and the rate without it', () => {
    const [finding] = starting(200).findings();
    expect(finding).toMatchObject({ kind: 'cold-start-as-work', count: 1 });
    expect(finding?.expected).toContain('400 a second');
  });

  it('keeps silent on a small start, and on one that is named apart', () => {
    expect(starting(30).kinds()).toEqual([]);
    expect(starting(200, 'warm up').kinds()).toEqual([]);
  });
});

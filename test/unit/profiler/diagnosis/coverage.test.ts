import { describe, expect, it } from 'vitest';
import { traceOf } from './traceRun.ts';

const stage = (attributes: Record<string, number>, lengthMs = 1000) =>
  traceOf(lengthMs, (trace, root) => {
    trace.span('match', 0, lengthMs, { parent: root, attributes });
  });

describe('low-coverage and coverage-leak', () => {
  it('names less than was asked for, with the reasons', () => {
    const findings = stage({
      'rows.in': 200,
      'rows.out': 80,
      'dropped.timeout': 120,
      'coverage.target': 0.9,
    }).findings();
    expect(findings).toMatchObject([{ kind: 'low-coverage', count: 120, severity: 'error' }]);
    expect(findings[0]?.cause).toContain('timeout');
  });

  it('names what is lost without a reason', () => {
    const findings = stage({ 'rows.in': 200, 'rows.out': 150, 'dropped.invalid': 10 }).findings();
    expect(findings).toMatchObject([{ kind: 'coverage-leak', count: 40 }]);
  });

  it('keeps silent where all are accounted for, and where the target is kept', () => {
    expect(stage({ 'rows.in': 200, 'rows.out': 150, 'dropped.invalid': 50 }).kinds()).toEqual([]);
    expect(
      stage({ 'rows.in': 200, 'rows.out': 190, dropped: 10, 'coverage.target': 95 }).kinds(),
    ).toEqual([]);
  });

  it('reads accounts and ledgers', () => {
    const run = traceOf(100, (trace) => {
      trace.builder.addWork('tag', { unit: 'images', itemsIn: 100, itemsOut: 70 });
      trace.builder.addLedger({
        name: 'audio',
        unit: 'seconds',
        total: 100,
        buckets: [
          { name: 'transcribed', amount: 80 },
          { name: 'unexplained', amount: 20 },
        ],
      });
    });
    expect(run.findings()).toMatchObject([
      { kind: 'coverage-leak', count: 30 },
      { kind: 'coverage-leak', count: 20 },
    ]);
  });
});

describe('false-speed-up', () => {
  const before = stage({ 'rows.in': 200, 'rows.out': 190, dropped: 10 }).finish();

  it('is faster because less came out', () => {
    const now = stage({ 'rows.in': 200, 'rows.out': 90, dropped: 110 }, 500);
    expect(now.findings(before)).toMatchObject([{ kind: 'false-speed-up', severity: 'error' }]);
  });

  it('keeps silent on a real one, and on a slower run', () => {
    expect(stage({ 'rows.in': 200, 'rows.out': 190, dropped: 10 }, 500).kinds(before)).toEqual([]);
    expect(stage({ 'rows.in': 200, 'rows.out': 90, dropped: 110 }, 1200).kinds(before)).toEqual([]);
  });
});

describe('critical-path shift', () => {
  const chain = (first: number, second: number) =>
    traceOf(first + second, (trace, root) => {
      trace.span('decode', 0, first, { parent: root });
      trace.span('index', first, second, { parent: root });
    });

  it('is another stage that decides', () => {
    const [finding] = chain(500, 900).findings(chain(500, 200).finish());
    expect(finding).toMatchObject({ kind: 'critical-path shift', wastedSeconds: 0.7 });
  });

  it('keeps silent where the same stage leads, or by a little', () => {
    expect(chain(700, 200).kinds(chain(500, 200).finish())).toEqual([]);
    expect(chain(500, 520).kinds(chain(500, 480).finish())).toEqual([]);
  });
});

describe('batch size', () => {
  const batches = (sizes: readonly number[], secondsOf: (size: number) => number) =>
    traceOf(
      sizes.reduce((sum, size) => sum + secondsOf(size), 0),
      (trace, root) => {
        let at = 0;
        for (const size of sizes) {
          const attributes = { 'batch.size': size };
          trace.span('encode batch', at, secondsOf(size), { parent: root, attributes });
          at += secondsOf(size);
        }
      },
    ).kinds();
  const many = (size: number, count: number) => new Array<number>(count).fill(size);

  it('is too small where starting costs more than doing', () => {
    expect(batches([...many(4, 30), 64], (size) => 20 + size * 0.5)).toEqual(['batch-too-small']);
  });

  it('is too large where throughput falls', () => {
    const quadratic = (size: number): number => 5 + size * 0.5 + size ** 2 / 40;
    expect(batches([...many(16, 5), ...many(128, 20)], quadratic)).toEqual(['batch-too-large']);
  });

  it('is right where time follows the size', () => {
    expect(batches([...many(32, 30), 7], (size) => 2 + size * 0.5)).toEqual([]);
    expect(batches(many(32, 30), (size) => size)).toEqual([]);
  });
});

import type { Mark, MarkFinding, MarkVerdict } from '../../src/protocol/markMessages.ts';

/** A confirmed regression of 31 %, as a gate finds it. */
export function markVerdict(given: Partial<MarkVerdict> = {}): MarkVerdict {
  return {
    word: 'slower',
    tier: 2,
    stage: 'embed',
    metric: 'seconds',
    unit: 's',
    ratio: 1.31,
    interval: [1.24, 1.38],
    n: [10, 10],
    p: 0.0004,
    smallestVisible: 1.08,
    medians: [1, 1.31],
    values: [
      [0.98, 1, 1.02],
      [1.29, 1.31, 1.33],
    ],
    reason: '+31.0 %, between +24.0 % and +38.0 %, p = 0.0004 of 10 v 10.',
    ...given,
  };
}

export function markFinding(given: Partial<MarkFinding> = {}): MarkFinding {
  return {
    kind: 'repeated-load',
    severity: 'warning',
    title: 'model.bin was loaded 4 times.',
    expected: '1 load',
    actual: '4 loads',
    cause: 'It is loaded inside of the loop.',
    fix: 'Load it once, before the loop.',
    wastedSeconds: 3.2,
    share: 0.4,
    evidence: [],
    ...given,
  };
}

/** A mark on line 3 of job.py. */
export function mark(given: Partial<Mark> = {}): Mark {
  return {
    key: '["gate","job","embed","seconds"]',
    file: 'job.py',
    source: { file: 'job.py', line: 3, column: null, rung: 'code-attribute' },
    lineText: 'embed(texts)',
    verdict: markVerdict(),
    finding: null,
    share: 0.62,
    origin: 'gate',
    name: 'job',
    series: 'gate:job',
    runs: { a: ['a1', 'a2'], b: ['b1', 'b2'] },
    span: 4,
    madeAt: '2026-01-01T00:00:00.000Z',
    silenced: null,
    ...given,
  };
}

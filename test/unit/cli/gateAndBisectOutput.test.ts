import { describe, expect, it } from 'vitest';
import { type BisectReport, bisectRecord, printBisect } from '../../../src/cli/bisectOutput.ts';
import { printGate } from '../../../src/cli/gateOutput.ts';
import { Output } from '../../../src/cli/output.ts';
import type { Session } from '../../../src/cli/session.ts';
import type { GateReport } from '../../../src/profiler/gate/gateReport.ts';
import type { SearchResult } from '../../../src/profiler/bisect/searchCommit.ts';
import { FakeIo } from './fakeIo.ts';

const ESCAPES = '\u001b[2J\u0007 subject \u009b1m';
const CONTROL = /[^\P{Cc}\n]/u;

function printed(print: (session: Session) => void): string {
  const io = new FakeIo();
  print({ io, output: new Output(io, {}) } as unknown as Session);
  return io.stdout.text + io.stderr.text;
}

const commit = (index: number) => ({
  hash: String(index).padEnd(40, '0'),
  subject: `${ESCAPES}${index}`,
  author: ESCAPES,
  date: '2026-01-02T03:04:05Z',
});

function bisectReport(result: Partial<SearchResult>, suspects: readonly number[]): BisectReport {
  return {
    result: {
      outcome: 'cancelled',
      differs: true,
      suspects,
      confidence: 0.9,
      good: [1, 1],
      bad: [1.4, 1.4],
      ratio: { value: 1.4, low: 0, high: Infinity },
      p: 0.01,
      runs: 9,
      confirmationRuns: 8,
      skipped: [3],
      ...result,
    },
    good: commit(0),
    bad: commit(64),
    suspects: suspects.map(commit),
    skipped: [commit(3)],
    changes: [{ file: ESCAPES, hunks: [{ line: 1, lines: 1, text: `@@\n+${ESCAPES}` }] }],
    commits: 64,
    warmUps: 1,
    fixedRuns: 98,
    stage: ESCAPES,
    metric: 'seconds',
  };
}

describe('printBisect', () => {
  it('tells what is known where it was cancelled', () => {
    const text = printed((session) => printBisect(session, bisectReport({}, [12, 10, 11])));
    expect(text).toContain('probably one of these (3 of 64 commits)');
    expect(text).toContain('9 runs (8 to confirm the difference) and 1 warm-up so far.');
    expect(text).toContain('1 commit could not be run.');
    expect(text).not.toContain('7 v 7');
    expect(text).not.toContain('interval');
  });

  it('tells the range of commits where there are many, and no effect before there is one', () => {
    const all = Array.from({ length: 64 }, (_, i) => i);
    const nothing = { value: NaN, low: NaN, high: NaN };
    const report = bisectReport(
      { differs: false, ratio: nothing, p: NaN, good: [1], bad: [] },
      all,
    );
    const text = printed((session) => printBisect(session, report));
    expect(text).toContain('What is left (64 of 64 commits)');
    expect(text).toContain('between 0000000000 and 6300000000:');
    expect(text).toContain('… and 44 more');
    expect(text).not.toContain('How sure');
    expect(text).not.toContain('NaN');
    expect(JSON.parse(JSON.stringify(bisectRecord(report, 130)))).toMatchObject({
      outcome: 'cancelled',
      partial: true,
      exitCode: 130,
      commit: null,
      effect: { ratio: null, p: null },
    });
  });

  it.each(['found', 'group', 'open', 'same', 'cancelled'] as const)(
    'sends no escapes to the terminal: %s',
    (outcome) => {
      const text = printed((session) => printBisect(session, bisectReport({ outcome }, [5])));
      expect(text).toContain('subject');
      expect(text).not.toMatch(CONTROL);
    },
  );
});

describe('printGate', () => {
  it('sends no escapes to the terminal', () => {
    const verdict = {
      stage: ESCAPES,
      metric: ESCAPES,
      verdict: 'slower' as const,
      ratio: 2,
      interval: [1.5, 2.5] as const,
      n: [7, 7] as const,
      p: 0.001,
      smallestVisible: 1.1,
      tier: 0 as const,
      unit: ESCAPES,
      reason: ESCAPES,
      medians: [1, 2] as const,
      method: 'exact' as const,
      outliers: [0, 0] as const,
    };
    const report = {
      name: ESCAPES,
      command: ESCAPES,
      outcome: {
        verdict: 'regression',
        comparison: { verdicts: [verdict], notes: [ESCAPES] },
        runs: [7, 7],
        why: 'Everything is decided.',
        cancelled: false,
        confidence: 0.9,
      },
      a: { label: ESCAPES, runIds: [] },
      b: { label: ESCAPES, runIds: [] },
      notes: [ESCAPES],
      reproduce: [ESCAPES],
    } as unknown as GateReport;
    const text = printed((session) => printGate(session, report));
    expect(text.match(/subject/gu)?.length).toBeGreaterThan(8);
    expect(text).not.toMatch(CONTROL);
  });
});

import { describe, expect, it } from 'vitest';
import { countTap, countVitest } from '../../../scripts/checkCounts.mts';

describe('countVitest', () => {
  const result = (testResults: unknown[]): string =>
    JSON.stringify({
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults,
    });

  it('adds up', () => {
    expect(countVitest(result([]))).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const unloaded = { status: 'failed', assertionResults: [] };
    expect(countVitest(result([unloaded])).failed).toBe(2);
  });
});

describe('countTap', () => {
  it('reads the summary', () => {
    const report =
      'ok 1 - a\n1..4\n# tests 4\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n';
    expect(countTap(report)).toEqual({ passed: 1, failed: 2, skipped: 1 });
  });

  it('finds nothing in an empty report', () => {
    expect(countTap('')).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

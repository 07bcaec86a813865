/** How many tests of a step ended how. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts from vitest's JSON report. A file that could not be loaded is one failure. */
export function countVitest(report: string): Counts {
  const result = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + unloaded.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Counts from the summary lines (`# pass 12`) at the end of a TAP report. */
export function countTap(report: string): Counts {
  const number = (name: string): number => {
    const found = new RegExp(`^# ${name} (\\d+)$`, 'm').exec(report);
    return Number(found?.[1] ?? 0);
  };
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
}

import { expect, it } from 'vitest';
import { errorReport } from '../../../src/cli/errorReport.ts';
import { ProfilerError } from '../../../src/profiler/model/profilerError.ts';

it.each([
  ['codec.damaged', 'Make it again: import its file'],
  ['receiver.no-port', 'Name another port'],
  ['span.invalid-time', 'Run it again with EARSHOT_DEBUG=1'],
  ['stats.invalid-sample', 'Run it again with EARSHOT_DEBUG=1'],
] as const)('says what to do about %s, which no video has caused', (code, action) => {
  expect(errorReport(new ProfilerError(code, 'It is so.')).action).toContain(action);
  expect(errorReport(new ProfilerError(code, 'It is so.')).action).not.toContain('rerun');
});

import { ProfilerError, type ProfilerErrorCode } from '../profiler/model/profilerError.ts';
import type { ErrorReport } from '../protocol/ingest.ts';
import { RPC_CODES, reportOf } from '../protocol/rpcError.ts';

const MAKE_AGAIN =
  'Make it again: import its file or run its program once more, and remove the damaged one.';

/** What a person can do in an editor about what the profiler says. */
const ACTIONS: Partial<Record<ProfilerErrorCode, string>> = {
  'codec.not-a-run': MAKE_AGAIN,
  'codec.truncated': MAKE_AGAIN,
  'codec.damaged': MAKE_AGAIN,
  'codec.unsupported-platform': 'Read it on a machine with little-endian numbers.',
  'codec.newer-version': 'Update Earshot: the run was recorded by a newer one.',
  'import.not-found': 'Check that the file is still there.',
  'import.unknown-format': 'Check that it is a profile, a trace or a log.',
  'import.unreadable': 'Check how the file was written; it may be cut off.',
  'import.empty': 'Check how the file was written.',
  'import.too-large': 'Open a smaller part of it.',
  'import.no-clock': 'Import each file by itself.',
  'log.invalid-pattern': 'Mend the pattern in earshot.config.json.',
  'diff.incomparable': 'Choose two runs of one kind.',
  'export.no-time': 'Choose another format: this run has no times.',
};

/** Anything thrown as a report for the editor: errors of the profiler get what to do, and an abort is a cancellation. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof ProfilerError) {
    const { code, message } = error;
    const action = ACTIONS[code] ?? 'Run “Earshot: Show Log” and report what it says.';
    return { code, message, action };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return {
      code: RPC_CODES.cancelled,
      message: 'The work was cancelled.',
      action: 'Run it again when you want it.',
    };
  }
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = error instanceof Error ? error.message : String(error);
    return { code: 'disk.full', message, action: 'Make room on the disk, then run it again.' };
  }
  return reportOf(error);
}

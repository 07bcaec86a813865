import { EarshotError } from '../pipeline/earshotError.ts';
import { ProfilerError, type ProfilerErrorCode } from '../profiler/model/profilerError.ts';
import type { ErrorReport } from '../protocol/ingest.ts';

const RECORD_AGAIN = 'Record a new run: earshot rerun ID.';
const PROFILER_ACTIONS: Partial<Record<ProfilerErrorCode, string>> = {
  'codec.newer-version': 'Update Earshot: the run was recorded by a newer one.',
  'launch.not-found': 'Check the name; a script of this folder is called as ./script.',
  'launch.not-startable': 'Make it executable (chmod +x), or name the program that runs it.',
  'import.not-found': 'Check the name of the file.',
  'import.unknown-format': 'Say what it is with --as FORMAT.',
  'import.unreadable':
    'Check the file; say what it is with --as FORMAT where it was taken for another format.',
  'import.empty': 'Check how the file was written.',
  'import.too-large': 'Give a smaller part of it.',
  'import.no-clock': 'Import it without --merge.',
  'log.invalid-pattern': 'Mend the pattern.',
  'export.no-time': 'Choose another --format: this run has no times.',
};

/** Any error as something to print: code, message, and what to do. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof EarshotError) {
    return { code: error.code, message: error.message, action: error.action };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ProfilerError) {
    return { code: error.code, message, action: PROFILER_ACTIONS[error.code] ?? RECORD_AGAIN };
  }
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { code: 'disk.full', message, action: 'Make room on the disk, then run it again.' };
  }
  return {
    code: 'internal',
    message,
    action: 'Run it again with EARSHOT_DEBUG=1 set, and report what it prints.',
  };
}

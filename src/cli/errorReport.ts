import { EarshotError } from '../pipeline/earshotError.ts';
import { ProfilerError, type ProfilerErrorCode } from '../profiler/model/profilerError.ts';
import type { ErrorReport } from '../protocol/ingest.ts';

const REPORT_IT = 'Run it again with EARSHOT_DEBUG=1 set, and report what it prints.';
const MAKE_AGAIN =
  'Make it again: import its file or run its program once more, and remove the damaged one.';
const PROFILER_ACTIONS: Partial<Record<ProfilerErrorCode, string>> = {
  'codec.not-a-run': MAKE_AGAIN,
  'codec.truncated': MAKE_AGAIN,
  'codec.damaged': MAKE_AGAIN,
  'codec.unsupported-platform': 'Read it on a machine with little-endian numbers.',
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
  'receiver.no-port': 'Name another port with --port.',
  'log.invalid-pattern': 'Mend the pattern.',
  'gate.no-baseline': 'Name a commit with --baseline.',
  'gate.command-failed':
    'Make it run there: --setup prepares a commit, --link brings files that git ignores.',
  'gate.invalid-link':
    'Name with --link what is there inside of the checkout, relative to its root.',
  'bisect.too-many-commits': 'Give --first-parent, or a nearer --good.',
  'bisect.no-stage': 'Name another --stage or --metric.',
  'git.failed': 'Mend what git says, and run it again.',
  'git.missing': 'Install git, or put it on the PATH.',
  'git.repository-not-found':
    'Run it in a checkout, or name its folder with cwd in earshot.config.json.',
  'git.ref-not-found': 'Check the name: git log --oneline shows commits.',
  'diff.incomparable': 'Choose two runs of one kind.',
  'export.no-time': 'Choose another --format: this run has no times.',
};

/** Any error as something to print: code, message, and what to do. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof EarshotError) {
    return { code: error.code, message: error.message, action: error.action };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ProfilerError) {
    return { code: error.code, message, action: PROFILER_ACTIONS[error.code] ?? REPORT_IT };
  }
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { code: 'disk.full', message, action: 'Make room on the disk, then run it again.' };
  }
  return { code: 'internal', message, action: REPORT_IT };
}

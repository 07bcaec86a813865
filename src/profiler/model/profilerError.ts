/** What went wrong in the profiler; stable words for tests, JSON output and exit codes. */
export type ProfilerErrorCode =
  | 'codec.not-a-run'
  | 'codec.newer-version'
  | 'codec.truncated'
  | 'codec.damaged'
  | 'codec.unsupported-platform'
  | 'span.invalid-time'
  | 'span.unknown-handle'
  | 'counter.invalid-value'
  | 'recorder.finished'
  | 'ledger.invalid-amount'
  | 'ledger.overfull'
  | 'export.no-time'
  | 'import.not-found'
  | 'import.unknown-format'
  | 'import.unreadable'
  | 'import.empty'
  | 'import.too-large'
  | 'import.no-clock'
  | 'log.invalid-pattern'
  | 'receiver.no-port'
  | 'launch.not-found'
  | 'launch.not-startable'
  | 'stats.invalid-sample'
  | 'compare.no-runs'
  | 'gate.no-baseline'
  | 'gate.command-failed'
  | 'gate.invalid-link'
  | 'bisect.no-difference'
  | 'bisect.no-stage'
  | 'bisect.too-many-commits'
  | 'git.failed'
  | 'git.missing'
  | 'git.repository-not-found'
  | 'git.ref-not-found'
  | 'diff.incomparable'
  | 'chart.bad-columns';

/** An error of the profiler half, told apart by its `code`; `message` is one sentence a person can read. */
export class ProfilerError extends Error {
  override readonly name = 'ProfilerError';
  readonly code: ProfilerErrorCode;

  constructor(code: ProfilerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/**
 * An error a person can act on: what happened, and the one thing to do next.
 *
 * `code` is stable (`media.no-audio`, `ytdlp.private`, `store.newer-version`), for tests, JSON output and exit codes.
 */
export class EarshotError extends Error {
  override readonly name = 'EarshotError';
  readonly code: string;
  /** One sentence in the imperative: what the person can do next. */
  readonly action: string;

  constructor(code: string, message: string, action: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.action = action;
  }
}

/** Thrown when the person cancelled; never reported as a failure. */
export class CancelledError extends EarshotError {
  constructor(message = 'The work was cancelled.') {
    super('cancelled', message, 'Run it again to go on where it stopped.');
  }
}

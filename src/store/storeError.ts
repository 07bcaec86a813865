/** What went wrong with the library; `code` is stable, `action` is what the person can do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: string;
  readonly action: string;

  constructor(code: string, message: string, action: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.action = action;
  }
}

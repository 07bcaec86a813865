import type { Transport } from '../../protocol/rpcTransport.ts';

/** The part of a webview that carries messages. */
export interface MessageSink {
  postMessage(message: unknown): PromiseLike<boolean>;
}

/** Carries messages to one life of a page: it is loaded anew whenever it was hidden, and then is another peer. */
export class WebviewTransport implements Transport {
  readonly #webview: MessageSink;
  readonly #listeners: ((message: unknown) => void)[] = [];
  readonly #closers: (() => void)[] = [];
  #open = true;

  constructor(webview: MessageSink) {
    this.#webview = webview;
  }

  send(message: unknown): void {
    if (!this.#open) return;
    try {
      // A page that is hidden or gone does not hear it, and is told of as closed elsewhere.
      this.#webview.postMessage(withPlainBytes(message)).then(undefined, () => undefined);
    } catch {
      // VS Code throws where the webview was disposed of between the check and the call.
    }
  }

  /** Called with what the page sent. */
  deliver(message: unknown): void {
    if (!this.#open) return;
    for (const listener of this.#listeners) listener(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.#closers.push(listener);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const closer of this.#closers) closer();
  }
}

/** Bytes lie no deeper than in the fields of an envelope's result. */
const DEPTH = 2;

/**
 * The message with its bytes as VS Code carries them: as `Uint8Array` and nothing derived from it (a `Buffer` would
 * become JSON), and without the rest of the larger buffer that they may be a window of (all of which would be sent).
 */
function withPlainBytes(value: unknown, depth = DEPTH): unknown {
  if (value instanceof Uint8Array) {
    const isPlain =
      Object.getPrototypeOf(value) === Uint8Array.prototype &&
      value.byteLength === value.buffer.byteLength;
    return isPlain ? value : new Uint8Array(value);
  }
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, withPlainBytes(field, depth - 1)]),
  );
}

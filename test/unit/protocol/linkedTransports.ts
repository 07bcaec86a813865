import type { Transport } from '../../../src/protocol/rpcTransport.ts';

class End implements Transport {
  peer: End | undefined;
  #listeners: ((message: unknown) => void)[] = [];
  #closers: (() => void)[] = [];
  #open = true;

  send(message: unknown): void {
    const copy: unknown = JSON.parse(JSON.stringify(message));
    queueMicrotask(() => {
      if (this.#open) this.peer?.deliver(copy);
    });
  }

  deliver(message: unknown): void {
    for (const listener of this.#listeners) listener(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.#closers.push(listener);
  }

  close(): void {
    this.closeHere();
    this.peer?.closeHere();
  }

  closeHere(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const closer of this.#closers) closer();
  }
}

/** Two transports in one process, each the other's peer; messages pass as JSON, as between processes. */
export function linkedTransports(): [End, End] {
  const [a, b] = [new End(), new End()];
  a.peer = b;
  b.peer = a;
  return [a, b];
}

/** Carries messages to one peer. Everything above it is the same for a process and for a thread. */
export interface Transport {
  /** Never throws: a peer that has gone is told through `onClose`. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when no message can come or go any more. */
  onClose(listener: () => void): void;
  close(): void;
}

/** The part of a Node process, ours or a forked one, that its IPC channel needs. */
export interface IpcProcess {
  send?(message: unknown, callback: (error: Error | null) => void): boolean;
  readonly connected?: boolean;
  disconnect?(): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/** The part of a `worker_threads` MessagePort or Worker that is needed. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close' | 'exit', listener: () => void): unknown;
  close?(): void;
}

/** Node's IPC channel: between `fork` and the forked process. */
export function ipcTransport(peer: IpcProcess): Transport {
  return {
    send: (message) => {
      if (peer.connected !== true) return;
      try {
        // The error of a channel that closes meanwhile arrives as `disconnect` too.
        peer.send?.(message, () => undefined);
      } catch {
        // Node throws where the channel was closed between the check and the call: `disconnect` tells it.
      }
    },
    onMessage: (listener) => void peer.on('message', listener),
    onClose: (listener) => void peer.on('disconnect', once(listener)),
    close: () => {
      if (peer.connected === true) peer.disconnect?.();
    },
  };
}

/** A `worker_threads` port: for a host that may not start processes. */
export function portTransport(port: Port): Transport {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => {
      const tell = once(listener);
      port.on('close', tell);
      port.on('exit', tell);
    },
    close: () => port.close?.(),
  };
}

function once(listener: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    listener();
  };
}

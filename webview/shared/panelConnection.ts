import { z } from 'zod';
import { PageProblem } from '../../src/protocol/panelMessages.ts';
import { RpcConnection } from '../../src/protocol/rpc.ts';
import type { Transport } from '../../src/protocol/rpcTransport.ts';
import { vscodeApi } from './vscodeApi.ts';

// Compiled validators would need eval, which the page's policy forbids.
z.config({ jitless: true });

/** The way to the extension. Messages of other origins never reach it: a page hears only the frame that VS Code made. */
function extensionTransport(): Transport {
  return {
    send: (message) => vscodeApi.postMessage(message),
    onMessage: (listener) =>
      window.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data)),
    onClose: () => undefined,
    close: () => undefined,
  };
}

/** The connection of this page to the extension, and through it to the worker. */
export function connectPanel(): RpcConnection {
  const connection: RpcConnection = new RpcConnection(extensionTransport(), (text) =>
    connection.notify(PageProblem, { text }),
  );
  const tell = (what: unknown): void =>
    connection.notify(PageProblem, {
      text: what instanceof Error ? (what.stack ?? what.message) : String(what),
    });
  window.addEventListener('error', (event) => tell(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => tell(event.reason));
  return connection;
}

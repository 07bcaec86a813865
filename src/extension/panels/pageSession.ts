import type { RequestType } from '../../protocol/rpc.ts';
import { RpcConnection } from '../../protocol/rpc.ts';
import { PanelReady } from '../../protocol/panelMessages.ts';
import { type MessageSink, WebviewTransport } from './webviewTransport.ts';

/** One life of a page: from its first question until it is hidden, loaded anew or closed. */
export class PageSession {
  readonly #transport: WebviewTransport;
  readonly connection: RpcConnection;

  /** @param serve registers what the page may ask and tell. */
  constructor(
    webview: MessageSink,
    serve: (connection: RpcConnection) => void,
    onProblem: (problem: string) => void,
  ) {
    this.#transport = new WebviewTransport(webview);
    this.connection = new RpcConnection(this.#transport, onProblem);
    serve(this.connection);
  }

  deliver(message: unknown): void {
    this.#transport.deliver(message);
  }

  /** Cancels what the page asked for; nothing reaches it any more. */
  end(): void {
    this.connection.dispose();
  }
}

/** Whether this is the first message of a page: numbers of requests begin again with each. */
export function beginsPage(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, method } = message as { kind?: unknown; method?: unknown };
  const ready: Pick<RequestType<never, never>, 'kind' | 'method'> = PanelReady;
  return kind === ready.kind && method === ready.method;
}

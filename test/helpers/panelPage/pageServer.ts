import { buildSync } from 'esbuild';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import type { Transport } from '../../../src/protocol/rpcTransport.ts';
import { PACKAGE } from '../../integration/helpers/places.ts';
import { decodeMessage, encodeFrame } from './framing.ts';
import type { ThemeName } from './themes.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
  '.ttf': 'font/ttf',
};

/** What a page is given before its own script runs. */
export interface HostStart {
  readonly page: string;
  readonly theme: ThemeName;
  /** What `getState` gives at first. */
  readonly state: unknown;
}

/** Serves the built page with the policy of a panel, and carries messages between it and whoever plays the extension. */
export class PageServer {
  readonly #server: Server;
  readonly #start: HostStart;
  readonly #connect: (transport: Transport) => void;
  readonly #heard = new Map<string, (message: unknown) => void>();

  /** @param connect called with each page that connects: the first, and again after each reload. */
  private constructor(start: HostStart, connect: (transport: Transport) => void) {
    this.#start = start;
    this.#connect = connect;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async listen(
    start: HostStart,
    connect: (transport: Transport) => void,
  ): Promise<PageServer> {
    const server = new PageServer(start, connect);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    const connection = url.searchParams.get('connection') ?? '';
    const [, first = '', second = ''] = url.pathname.split('/');
    if (first === '') this.#html(response);
    else if (first === 'favicon.ico') response.writeHead(204).end();
    else if (first === 'host') this.#json(response, this.#hostStart());
    else if (first === 'theme')
      file(response, join(import.meta.dirname, 'themes', `${basename(second)}.json`));
    else if (first === 'to-page') this.#open(connection, response);
    else if (first === 'to-extension') this.#receive(connection, request, response);
    else if (first === 'hostPage.js') script(response, hostScript());
    else file(response, join(PACKAGE, 'dist/webview', basename(first)));
  }

  #html(response: ServerResponse): void {
    const { page } = this.#start;
    const nonce = randomBytes(16).toString('base64url');
    const policy = [
      "default-src 'none'",
      `script-src 'nonce-${nonce}' 'self'`,
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' blob: data:",
      "connect-src 'self'",
    ].join('; ');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Earshot</title>
<link rel="stylesheet" href="${page}.css">
</head>
<body>
<main id="panel" aria-label="Earshot"></main>
<script type="module" nonce="${nonce}">
await import('./hostPage.js');
await import('./${page}.js');
</script>
</body>
</html>`);
  }

  #hostStart(): unknown {
    const defaults = readFileSync(join(import.meta.dirname, 'vscodeDefaults.css'), 'utf8');
    return { theme: this.#start.theme, state: this.#start.state, defaults };
  }

  #json(response: ServerResponse, value: unknown): void {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value ?? null));
  }

  /** The long answer that carries every message to the page. */
  #open(connection: string, response: ServerResponse): void {
    const listeners: ((message: unknown) => void)[] = [];
    response.setHeader('content-type', 'application/octet-stream');
    response.flushHeaders();
    this.#connect({
      send: (message) => void response.write(encodeFrame(message)),
      onMessage: (listener) => void listeners.push(listener),
      onClose: (listener) => void response.on('close', listener),
      close: () => response.end(),
    });
    const waiting = this.#waiting.get(connection) ?? [];
    this.#waiting.delete(connection);
    const hear = (message: unknown): void => listeners.forEach((each) => each(message));
    this.#heard.set(connection, hear);
    response.on('close', () => this.#heard.delete(connection));
    waiting.forEach(hear);
  }

  /** Of pages whose first message was faster than the way to them. */
  readonly #waiting = new Map<string, unknown[]>();

  #receive(connection: string, request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const message = decodeMessage(Buffer.concat(chunks));
      const hear = this.#heard.get(connection);
      if (hear) hear(message);
      else this.#waiting.set(connection, [...(this.#waiting.get(connection) ?? []), message]);
      // An answer with a body that nobody reads would keep one of the browser's few connections busy.
      response.writeHead(204).end();
    });
  }
}

/** The host page's script in one piece. */
function hostScript(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(import.meta.dirname, 'hostPage.mjs')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

function script(response: ServerResponse, text: string): void {
  response.setHeader('content-type', 'text/javascript');
  response.end(text);
}

function file(response: ServerResponse, path: string): void {
  try {
    const bytes = readFileSync(path);
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    response.end(bytes);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}

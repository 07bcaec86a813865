import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one path of the test server answers. */
export type Route = {
  readonly body?: Buffer | string;
  readonly type?: string;
  readonly status?: number;
  readonly etag?: string;
  /** Answers a range request with the whole file. */
  readonly ignoreRanges?: boolean;
  /** Sends that many bytes of the first answer and then breaks the connection. */
  readonly cutAfterBytes?: number;
  /** Sends that many bytes of every answer and then nothing more, keeping the connection. */
  readonly stallAfterBytes?: number;
  readonly location?: string;
  /** Leaves out the length, so that only the end of the answer tells it. */
  readonly chunked?: boolean;
};

export type SeenRequest = { readonly path: string; readonly range: string | null };

/** A web server on this machine whose every path can be told how to misbehave. */
export class MediaServer implements AsyncDisposable {
  readonly routes = new Map<string, Route>();
  readonly requests: SeenRequest[] = [];
  /** Bytes of bodies sent, by path. */
  readonly sentBytes = new Map<string, number>();
  readonly #server: http.Server;
  readonly #cut = new Set<string>();

  private constructor() {
    this.#server = http.createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<MediaServer> {
    const server = new MediaServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  url(path: string): URL {
    return new URL(path, `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
  }

  requestsTo(path: string): SeenRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    // On a busy machine a kept connection may time out just when it is used again.
    response.shouldKeepAlive = false;
    const path = new URL(request.url ?? '/', 'http://local').pathname;
    const range = request.headers.range ?? null;
    this.requests.push({ path, range });
    const route = this.routes.get(path) ?? { status: 404, body: 'nothing here' };
    if (route.location !== undefined) {
      response.writeHead(302, { location: route.location }).end();
      return;
    }
    const body = Buffer.from(route.body ?? '');
    const asked = route.ignoreRanges ? null : /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
    const condition = request.headers['if-range'];
    const honoured = asked && (condition === undefined || condition === route.etag) ? asked : null;
    const start = honoured ? Number(honoured[1]) : 0;
    const end = honoured?.[2] ? Math.min(Number(honoured[2]) + 1, body.length) : body.length;
    const headers: http.OutgoingHttpHeaders = { 'content-type': route.type ?? 'audio/wav' };
    if (route.etag !== undefined) headers['etag'] = route.etag;
    if (route.status !== undefined) {
      response.writeHead(route.status, headers).end(body);
      return;
    }
    if (honoured && start >= body.length) {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${body.length}` }).end();
      return;
    }
    if (honoured) headers['content-range'] = `bytes ${start}-${end - 1}/${body.length}`;
    if (!route.chunked) headers['content-length'] = end - start;
    response.writeHead(honoured ? 206 : 200, headers);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    this.#send(path, route, response, body.subarray(start, end));
  }

  #send(path: string, route: Route, response: http.ServerResponse, content: Buffer): void {
    const cut = this.#cut.has(path) ? undefined : route.cutAfterBytes;
    const limit = cut ?? route.stallAfterBytes;
    const sent = limit === undefined ? content : content.subarray(0, limit);
    this.sentBytes.set(path, (this.sentBytes.get(path) ?? 0) + sent.length);
    if (limit === undefined || content.length <= limit) {
      response.end(sent);
      return;
    }
    if (cut !== undefined) this.#cut.add(path);
    response.write(sent, () => {
      // An end (FIN) after the promised length was not reached; a reset could lose sent bytes.
      if (cut !== undefined) response.socket?.end();
    });
  }
}

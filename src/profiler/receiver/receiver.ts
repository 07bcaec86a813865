import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { otlpContentType } from '../importers/otlp/otlpContentType.ts';
import { ProfilerError } from '../model/profilerError.ts';
import { ByteBudget } from './byteBudget.ts';
import { type ReceiverLimits, RECEIVER_LIMITS } from './receiverLimits.ts';
import type { ReceiverSink } from './receiverSink.ts';
import { readRequestBody } from './requestBody.ts';
import { RPC_CODE, RequestProblem, comeAgain } from './requestProblem.ts';
import { routeOf } from './requestRoute.ts';
import { acceptedBody, statusBody } from './responseBodies.ts';
import { checkTrust, originAllowed } from './trust.ts';

/** Where OpenTelemetry's SDKs send to when nothing else is said. */
export const DEFAULT_PORT = 4318;

/** Ports behind the default one that are tried. */
const FURTHER_PORTS = 100;

/** With what a client of OTLP over gRPC begins. */
const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2');

/** Errors of a client that has gone. */
const GONE_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'HPE_INVALID_EOF_STATE']);

const DRAIN_MILLISECONDS = 1000;

export interface ReceiverOptions {
  readonly sink: ReceiverSink;
  /** Address to listen on; by default only this machine can reach it. */
  readonly host?: string | undefined;
  /** By default 4318, or where that is taken the next one that is free. 0: any free one. */
  readonly port?: number | undefined;
  /** Origin whose pages may send, or `*`; by default none may. */
  readonly allowOrigin?: string | undefined;
  readonly limits?: Partial<ReceiverLimits> | undefined;
}

/** What a receiver has done so far. */
export interface ReceiverStats {
  /** Requests that were answered, and those of them that were not accepted. */
  readonly requests: number;
  readonly refused: number;
  /** Bytes of accepted bodies, decompressed. */
  readonly bytes: number;
  /** Clients that spoke gRPC, which is not understood. */
  readonly grpcClients: number;
}

export interface Receiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:4318`. */
  readonly url: string;
  readonly port: number;
  readonly stats: ReceiverStats;
  /** Takes no more requests, and waits for those that are on their way. */
  close(): Promise<void>;
}

/**
 * Starts an OTLP/HTTP receiver: POST to /v1/traces, /v1/logs and /v1/metrics, as protobuf or JSON, gzip or deflate.
 * Give it `receiveIntoRun({ builder })` as its sink to have everything added to a run in memory.
 *
 * @throws ProfilerError `receiver.no-port` where the port cannot be had
 */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const receiver = new HttpReceiver(options);
  await receiver.listen();
  return receiver;
}

class HttpReceiver implements Receiver {
  readonly #server: Server;
  readonly #sink: ReceiverSink;
  readonly #host: string;
  readonly #allowOrigin: string | null;
  readonly #limits: ReceiverLimits;
  readonly #budget: ByteBudget;
  readonly #wantedPort: number | undefined;
  readonly #stats = { requests: 0, refused: 0, bytes: 0, grpcClients: 0 };
  #inFlight = 0;
  #closing = false;

  constructor({ sink, host = '127.0.0.1', port, allowOrigin, limits }: ReceiverOptions) {
    this.#sink = sink;
    this.#host = host;
    this.#wantedPort = port;
    this.#allowOrigin = allowOrigin ?? null;
    this.#limits = { ...RECEIVER_LIMITS, ...limits };
    this.#budget = new ByteBudget(this.#limits.bytesInFlight);
    this.#server = createServer({
      // A little longer than a body may take, which is told to the client in its own words.
      requestTimeout: this.#limits.bodyMilliseconds * 2,
      headersTimeout: Math.min(10_000, this.#limits.bodyMilliseconds),
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 30_000,
    });
    this.#server.maxConnections = this.#limits.connections;
    this.#server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
      this.#notHttp(error, socket),
    );
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    const { address, family } = this.#server.address() as AddressInfo;
    const any = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
    const host = family === 'IPv6' && address !== '0.0.0.0' ? `[${any}]` : any;
    return `http://${host}:${this.port}`;
  }

  get stats(): ReceiverStats {
    return { ...this.#stats };
  }

  async listen(): Promise<void> {
    const first = this.#wantedPort ?? DEFAULT_PORT;
    const last = this.#wantedPort === undefined ? first + FURTHER_PORTS : first;
    for (let port = first; ; port += 1) {
      try {
        await this.#listenOn(port);
        return;
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        const taken = code === 'EADDRINUSE' || code === 'EACCES';
        if (taken && port < last) continue;
        const reason = code === 'EADDRINUSE' ? 'another program has it' : (error as Error).message;
        const message = `Port ${port} of ${this.#host} cannot be listened on: ${reason}.`;
        throw new ProfilerError('receiver.no-port', message, { cause: error });
      }
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const timer = setTimeout(
      () => this.#server.closeAllConnections(),
      this.#limits.closeMilliseconds,
    );
    await closed;
    clearTimeout(timer);
  }

  #listenOn(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host: this.#host }, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that goes away while it is answered is no failure of ours.
    response.on('error', () => undefined);
    const share = this.#budget.share();
    this.#inFlight += 1;
    this.#stats.requests += 1;
    try {
      this.#allowCrossOrigin(request, response);
      checkTrust(request, this.#host, this.#allowOrigin);
      if (request.method === 'OPTIONS' && request.headers.origin !== undefined) {
        send(response, 204, {}, Buffer.alloc(0));
        return;
      }
      const { signal, contentType } = routeOf(request);
      if (this.#inFlight > this.#limits.requests)
        throw comeAgain(503, 'Too many requests at a time.');
      const bytes = await readRequestBody(request, this.#limits, share);
      const acceptance = await this.#sink.accept({
        signal,
        contentType,
        bytes,
        receivedAt: Date.now(),
      });
      if (acceptance.malformed && acceptance.accepted === 0) {
        throw new RequestProblem(400, RPC_CODE.invalidArgument, acceptance.message);
      }
      this.#stats.bytes += bytes.length;
      const body = acceptedBody(contentType, signal, acceptance);
      send(response, 200, { 'content-type': contentType, ...this.#connection() }, body);
    } catch (error) {
      this.#refuse(request, response, error);
    } finally {
      share.giveBack();
      this.#inFlight -= 1;
    }
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    this.#stats.refused += 1;
    const problem =
      error instanceof RequestProblem
        ? error
        : comeAgain(503, `It could not be kept: ${error instanceof Error ? error.message : ''}`);
    const type = otlpContentType(request.headers['content-type']) ?? 'application/json';
    const body = statusBody(type, problem.code, problem.message);
    // The rest of a body that nobody reads would be taken for the next request.
    const unread = request.complete ? this.#connection() : { connection: 'close' };
    send(response, problem.status, { 'content-type': type, ...problem.headers, ...unread }, body);
    if (!request.complete) drain(request, response);
  }

  #connection(): Readonly<Record<string, string>> {
    return this.#closing ? { connection: 'close' } : {};
  }

  #allowCrossOrigin(request: IncomingMessage, response: ServerResponse): void {
    const { origin } = request.headers;
    if (origin === undefined || !originAllowed(origin, this.#allowOrigin)) return;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('vary', 'origin');
    if (request.method !== 'OPTIONS') return;
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader(
      'access-control-allow-headers',
      request.headers['access-control-request-headers'] ?? 'content-type',
    );
    response.setHeader('access-control-max-age', '600');
  }

  #notHttp(error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket): void {
    const grpc = error.rawPacket?.subarray(0, HTTP2_PREFACE.length).equals(HTTP2_PREFACE) === true;
    if (grpc) this.#stats.grpcClients += 1;
    // A client that went away in the middle of a request is counted with that request.
    else if (!GONE_CODES.has(error.code ?? '')) this.#stats.refused += 1;
    if (socket.writable && error.code !== 'ECONNRESET') {
      const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
      const status = late ? '408 Request Timeout' : '400 Bad Request';
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    }
    socket.destroySoon();
  }
}

/** Lets a client that is still sending read its answer, for a while, before the connection is cut. */
function drain(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const timer = setTimeout(() => request.destroy(), DRAIN_MILLISECONDS);
  response.once('close', () => clearTimeout(timer));
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.end(body);
}

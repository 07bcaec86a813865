import { z } from 'zod';
import { ErrorReport } from './ingest.ts';
import { CancelSource, type CancelSignal } from './rpcCancellation.ts';
import { RPC_CODES, RpcError, reportOf } from './rpcError.ts';
import type { Transport } from './rpcTransport.ts';

/** A message that is answered. */
export interface RequestType<Params extends z.ZodType, Result extends z.ZodType> {
  readonly kind: 'request';
  readonly method: string;
  readonly direction: Direction;
  readonly params: Params;
  readonly result: Result;
}

/** A message that is not answered. */
export interface NotificationType<Params extends z.ZodType> {
  readonly kind: 'notification';
  readonly method: string;
  readonly direction: Direction;
  readonly params: Params;
}

export type Direction =
  'extension → worker' | 'worker → extension' | 'panel → extension' | 'extension → panel';

const Envelope = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('request'),
    id: z.number().int(),
    method: z.string(),
    params: z.unknown(),
  }),
  z.object({ kind: z.literal('notification'), method: z.string(), params: z.unknown() }),
  z.object({ kind: z.literal('result'), id: z.number().int(), result: z.unknown() }),
  z.object({ kind: z.literal('error'), id: z.number().int(), error: ErrorReport }),
  z.object({ kind: z.literal('cancel'), id: z.number().int() }),
]);
type Envelope = z.infer<typeof Envelope>;

const NEVER_CANCELLED: CancelSignal = new CancelSource().signal;

interface Handler {
  readonly params: z.ZodType;
  readonly run: (params: unknown, signal: CancelSignal) => unknown;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RpcError) => void;
}

/**
 * Requests and notifications over a transport. A request is always answered: with a result, the handler's error, or one
 * of the connection's own (`RPC_CODES`); when the peer goes, everything pending is rejected with `rpc.disconnected`.
 */
export class RpcConnection {
  readonly #transport: Transport;
  readonly #onProblem: (problem: string) => void;
  readonly #report: (error: unknown) => ErrorReport;
  readonly #handlers = new Map<string, Handler>();
  readonly #listeners = new Map<string, Handler>();
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, CancelSource>();
  #nextId = 1;
  #closed = false;

  /** @param report makes an answer of what a handler throws. */
  constructor(
    transport: Transport,
    onProblem: (problem: string) => void,
    report: (error: unknown) => ErrorReport = reportOf,
  ) {
    this.#transport = transport;
    this.#onProblem = onProblem;
    this.#report = report;
    transport.onMessage((message) => this.#receive(message));
    transport.onClose(() => this.#close());
  }

  /** Answers requests of this type; the signal fires when the asker cancels or goes. */
  handle<P extends z.ZodType, R extends z.ZodType>(
    type: RequestType<P, R>,
    run: (params: z.output<P>, signal: CancelSignal) => z.input<R> | Promise<z.input<R>>,
  ): void {
    this.#handlers.set(type.method, {
      params: type.params,
      run: run as Handler['run'],
    });
  }

  /** Hears notifications of this type. */
  listen<P extends z.ZodType>(type: NotificationType<P>, run: (params: z.output<P>) => void): void {
    this.#listeners.set(type.method, { params: type.params, run: run as Handler['run'] });
  }

  /** Asks the peer. @throws RpcError, also when the signal fires and the peer answers so. */
  async request<P extends z.ZodType, R extends z.ZodType>(
    type: RequestType<P, R>,
    params: z.input<P>,
    signal?: CancelSignal,
  ): Promise<z.output<R>> {
    if (this.#closed) throw disconnected(type.method);
    if (signal?.aborted === true) throw cancelled();
    const id = this.#nextId++;
    const cancel = (): void => this.#send({ kind: 'cancel', id });
    signal?.addEventListener('abort', cancel);
    try {
      const answer = await new Promise<unknown>((resolve, reject) => {
        this.#pending.set(id, { resolve, reject });
        this.#send({ kind: 'request', id, method: type.method, params });
      });
      const result = type.result.safeParse(answer);
      if (!result.success) throw malformed(RPC_CODES.badResult, type.method, result.error);
      return result.data;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', cancel);
    }
  }

  notify<P extends z.ZodType>(type: NotificationType<P>, params: z.input<P>): void {
    this.#send({ kind: 'notification', method: type.method, params });
  }

  /** Closes the transport and rejects what is pending. */
  dispose(): void {
    this.#transport.close();
    this.#close();
  }

  #send(envelope: Envelope): void {
    if (!this.#closed) this.#transport.send(envelope);
  }

  #receive(message: unknown): void {
    const parsed = Envelope.safeParse(message);
    if (!parsed.success) {
      this.#onProblem(`ignored a malformed message: ${z.prettifyError(parsed.error)}`);
      return;
    }
    const envelope = parsed.data;
    switch (envelope.kind) {
      case 'request':
        void this.#answer(envelope.id, envelope.method, envelope.params);
        return;
      case 'notification':
        this.#hear(envelope.method, envelope.params);
        return;
      case 'result':
        this.#pending.get(envelope.id)?.resolve(envelope.result);
        return;
      case 'error':
        this.#pending.get(envelope.id)?.reject(new RpcError(envelope.error));
        return;
      case 'cancel':
        this.#running.get(envelope.id)?.cancel();
    }
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    const source = new CancelSource();
    this.#running.set(id, source);
    try {
      const handler = this.#handlers.get(method);
      if (!handler) throw unknownMethod(method);
      const parsed = handler.params.safeParse(params);
      if (!parsed.success) throw malformed(RPC_CODES.badParams, method, parsed.error);
      const result = await handler.run(parsed.data, source.signal);
      this.#send({ kind: 'result', id, result: result ?? null });
    } catch (error) {
      this.#send({ kind: 'error', id, error: this.#report(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  #hear(method: string, params: unknown): void {
    const listener = this.#listeners.get(method);
    if (!listener) {
      this.#onProblem(`ignored the unknown notification ${method}`);
      return;
    }
    const parsed = listener.params.safeParse(params);
    if (!parsed.success) {
      this.#onProblem(`ignored a malformed ${method}: ${z.prettifyError(parsed.error)}`);
      return;
    }
    try {
      void listener.run(parsed.data, NEVER_CANCELLED);
    } catch (error) {
      this.#onProblem(`${method}: ${reportOf(error).message}`);
    }
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { reject } of this.#pending.values()) reject(disconnected('the request'));
    this.#pending.clear();
    for (const source of this.#running.values()) source.cancel();
  }
}

function unknownMethod(method: string): RpcError {
  return new RpcError({
    code: RPC_CODES.unknownMethod,
    message: `There is no request “${method}”.`,
    action: 'Reload the window: the extension and its worker are of different versions.',
  });
}

function malformed(code: string, method: string, error: z.ZodError): RpcError {
  return new RpcError({
    code,
    message: `“${method}” had an unexpected shape: ${z.prettifyError(error)}`,
    action: 'Reload the window: the extension and its worker are of different versions.',
  });
}

function disconnected(what: string): RpcError {
  return new RpcError({
    code: RPC_CODES.disconnected,
    message: `The worker process ended before it answered ${what}.`,
    action: 'Try again: what was finished is kept.',
  });
}

function cancelled(): RpcError {
  return new RpcError({
    code: RPC_CODES.cancelled,
    message: 'The work was cancelled.',
    action: 'Run it again to go on where it stopped.',
  });
}

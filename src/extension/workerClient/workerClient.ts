import type { z } from 'zod';
import {
  Handshake,
  PROTOCOL_VERSION,
  Shutdown,
  type WorkerOptions,
} from '../../protocol/messages.ts';
import { RpcConnection, type RequestType } from '../../protocol/rpc.ts';
import type { CancelSignal } from '../../protocol/rpcCancellation.ts';
import { RPC_CODES, RpcError, reportOf } from '../../protocol/rpcError.ts';
import { BackOff } from './backOff.ts';
import type { WorkerHandle } from './workerProcess.ts';
import type { WorkerState } from './workerState.ts';

/** How the client gets a worker and what it does with it. */
export interface WorkerClientParts {
  /** @throws RpcError where no worker can run at all. */
  readonly start: () => WorkerHandle;
  readonly options: () => WorkerOptions;
  /** Registers what the worker may ask and tell, on each new connection. */
  readonly serve: (connection: RpcConnection) => void;
  readonly onState: (state: WorkerState) => void;
  readonly log: (line: string) => void;
}

interface Live {
  readonly handle: WorkerHandle;
  readonly connection: RpcConnection;
  readonly ready: Promise<void>;
  readonly startedAt: number;
}

/** A worker that is ending closes its library in this time, or is killed. */
const SHUTDOWN_GRACE_MS = 4000;

/**
 * The worker as the extension sees it: started by the first request, started again with back-off when it crashed,
 * ended with everything it started.
 */
export class WorkerClient {
  readonly #parts: WorkerClientParts;
  readonly #backOff = new BackOff();
  #live: Live | undefined;
  #retry: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(parts: WorkerClientParts) {
    this.#parts = parts;
  }

  /** Whether a worker runs or is starting. */
  get isLive(): boolean {
    return this.#live !== undefined;
  }

  /** Asks the worker, starting it where needed. @throws RpcError */
  async request<P extends z.ZodType, R extends z.ZodType>(
    type: RequestType<P, R>,
    params: z.input<P>,
    signal?: CancelSignal,
  ): Promise<z.output<R>> {
    const live = this.#live ?? this.#start();
    await live.ready;
    return live.connection.request(type, params, signal);
  }

  /** Ends the worker and starts it with the settings of now. */
  async restart(): Promise<void> {
    this.#backOff.reset();
    const wasLive = this.#live !== undefined;
    await this.#end();
    // A request may have started the next worker while this one was ending.
    if (wasLive) await (this.#live ?? this.#start()).ready;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#end();
  }

  #start(): Live {
    clearTimeout(this.#retry);
    if (this.#disposed) throw stopped();
    this.#parts.onState({ kind: 'starting' });
    const { handle, options } = this.#started();
    const connection = new RpcConnection(handle.transport, this.#parts.log);
    this.#parts.serve(connection);
    const live: Live = {
      handle,
      connection,
      startedAt: Date.now(),
      ready: connection.request(Handshake, { protocolVersion: PROTOCOL_VERSION, options }).then(
        ({ pid, home, node }) => {
          this.#parts.log(`worker ${pid} on Node ${node}, library in ${home}`);
          this.#parts.onState({ kind: 'running', pid, home });
        },
        (error: unknown) => this.#refused(live, error),
      ),
    };
    // Whoever asks hears of a failure; without anybody asking it is in the state.
    live.ready.catch(() => undefined);
    this.#live = live;
    handle.onExit((how) => this.#exited(live, how));
    return live;
  }

  #started(): { handle: WorkerHandle; options: WorkerOptions } {
    try {
      // Before the process, which nobody would end if these could not be read.
      const options = this.#parts.options();
      return { handle: this.#parts.start(), options };
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** The worker runs but cannot open the library: starting it again would not help. */
  #refused(live: Live, error: unknown): never {
    if (this.#live === live && reportOf(error).code !== RPC_CODES.disconnected) {
      this.#live = undefined;
      this.#fail(error);
      live.handle.kill();
    }
    throw error;
  }

  #exited(live: Live, how: string): void {
    live.connection.dispose();
    if (this.#live !== live) return;
    this.#live = undefined;
    this.#parts.log(`worker ${live.handle.pid ?? ''} ended unexpectedly: ${how}`);
    const again = this.#backOff.next(Date.now() - live.startedAt);
    if (!again) {
      this.#fail(
        new RpcError({
          code: 'worker.crashes',
          message: `The worker ended again and again (${how}).`,
          action: 'Run “Earshot: Show Log”, then “Earshot: Run Doctor”.',
        }),
      );
      return;
    }
    this.#parts.onState({ kind: 'restarting', ...again });
    this.#retry = setTimeout(() => {
      if (!this.#live) this.#start();
    }, again.delayMs);
  }

  #fail(error: unknown): void {
    const { message, action } = reportOf(error);
    this.#parts.log(`worker: ${message}`);
    this.#parts.onState({ kind: 'failed', message, action });
  }

  async #end(): Promise<void> {
    clearTimeout(this.#retry);
    const live = this.#live;
    this.#live = undefined;
    if (live) {
      const exited = new Promise<void>((resolve) => live.handle.onExit(() => resolve()));
      live.connection.request(Shutdown, {}).catch(() => undefined);
      await Promise.race([
        exited,
        new Promise((resolve) => setTimeout(resolve, SHUTDOWN_GRACE_MS)),
      ]);
      live.handle.kill();
      live.connection.dispose();
    }
    this.#tellStopped();
  }

  /** Unless a request started the next worker meanwhile. */
  #tellStopped(): void {
    if (!this.#live) this.#parts.onState({ kind: 'stopped' });
  }
}

function stopped(): RpcError {
  return new RpcError({
    code: RPC_CODES.disconnected,
    message: 'Earshot is stopping.',
    action: 'Reload the window.',
  });
}

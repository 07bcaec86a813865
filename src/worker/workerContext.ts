import type { WorkerOptions } from '../protocol/messages.ts';
import type { RpcConnection } from '../protocol/rpc.ts';
import type { Library } from '../store/library.ts';

/** What the worker's services share; usable once the handshake has been made. */
export interface WorkerContext {
  readonly connection: RpcConnection;
  /** The library for runs, opened by the first who asks and closed when the worker ends. @throws EarshotError */
  library(): Library;
  /** Settings of the handshake. @throws EarshotError `worker.no-handshake` */
  options(): WorkerOptions;
  log(level: 'info' | 'warning' | 'error', message: string): void;
}

/** A group of requests that the worker answers. */
export interface WorkerService {
  /** Looks whether the library changed; called at once after this process changed it, and about every 200 ms. */
  check?(): void;
  /** Ends what it holds; called once. */
  stop?(): Promise<void> | void;
}

/** Registers its handlers on the connection. */
export type CreateService = (context: WorkerContext) => WorkerService;

import type { Conversation, Earshot } from '../pipeline/earshot.ts';
import {
  Consent,
  GetModel,
  Ingest,
  IngestEventMessage,
  Rerun,
  Waiting,
} from '../protocol/messages.ts';
import type { RpcConnection } from '../protocol/rpc.ts';
import type { CancelSignal } from '../protocol/rpcCancellation.ts';
import { abortSignalOf } from './abortSignalOf.ts';
import { SerialQueue } from './serialQueue.ts';

/** Answers the long requests: one at a time, each with its events, each cancellable. */
export class Operations {
  readonly #connection: RpcConnection;
  readonly #queue = new SerialQueue();
  readonly #stopping = new AbortController();
  readonly #active = new Set<Promise<unknown>>();

  constructor(connection: RpcConnection, earshot: () => Earshot, changed: () => void) {
    this.#connection = connection;
    connection.handle(Ingest, async ({ operation, request }, signal) => ({
      results: await this.#run(operation, signal, changed, (talk) =>
        earshot().ingest(request, talk),
      ),
    }));
    connection.handle(Rerun, async ({ operation, request }, signal) => ({
      result: await this.#run(operation, signal, changed, (talk) => earshot().rerun(request, talk)),
    }));
    connection.handle(GetModel, async ({ operation, name }, signal) => ({
      model: await this.#run(operation, signal, changed, (talk) => earshot().getModel(name, talk)),
    }));
  }

  /** Cancels everything and waits until it has stopped. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#active);
  }

  async #run<T>(
    operation: string,
    cancel: CancelSignal,
    changed: () => void,
    task: (talk: Conversation) => Promise<T>,
  ): Promise<T> {
    const signal = abortSignalOf(cancel, this.#stopping.signal);
    const talk: Conversation = {
      signal,
      onEvent: (event) => this.#connection.notify(IngestEventMessage, { operation, event }),
      consent: async (question) =>
        (await this.#connection.request(Consent, { question }, signal)).consented,
    };
    const running = this.#queue.run(
      () => task(talk),
      signal,
      (ahead) => this.#connection.notify(Waiting, { operation, ahead }),
    );
    this.#active.add(running);
    try {
      return await running;
    } finally {
      this.#active.delete(running);
      changed();
    }
  }
}

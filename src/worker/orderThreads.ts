import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Transferable, Worker } from 'node:worker_threads';

const MOST_HEAP_MB = 4096;

/** Where the code of a thread lies: beside the worker's bundle, or among the sources. */
export interface ThreadCode {
  /** `import.meta.url` of who starts it, in the folder of the source. */
  readonly from: string;
  readonly bundle: string;
  readonly source: string;
}

/** Threads that take one order each and post one answer, so that the worker goes on answering meanwhile. */
export class OrderThreads {
  readonly #code: ThreadCode;
  readonly #failed: (cause: Error | number) => Error;
  readonly #threads = new Set<Worker>();

  /** @param failed gives the error to throw for what ended a thread before it answered: its own, or its exit code. */
  constructor(code: ThreadCode, failed: (cause: Error | number) => Error) {
    this.#code = code;
    this.#failed = failed;
  }

  /** Starts a thread for an order, whose buffers are moved to it. @throws what `failed` gives; DOMException `AbortError` */
  async answer<T>(
    order: object,
    transferList: readonly Transferable[],
    signal: AbortSignal,
  ): Promise<T> {
    const thread = new Worker(entryOf(this.#code), {
      workerData: order,
      transferList: [...transferList],
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    this.#threads.add(thread);
    try {
      return await this.#answerOf<T>(thread, signal);
    } finally {
      this.#threads.delete(thread);
      void thread.terminate();
    }
  }

  /** Ends the threads that are at work. */
  async stop(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  #answerOf<T>(thread: Worker, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      thread.once('message', (answer: T) => resolve(answer));
      thread.once('error', (cause: Error) => reject(this.#failed(cause)));
      thread.once('exit', (code) => {
        signal.removeEventListener('abort', leave);
        reject(this.#failed(code));
      });
    });
  }
}

function entryOf({ from, bundle, source }: ThreadCode): string {
  const here = dirname(fileURLToPath(from));
  return join(here, basename(here) === 'dist' ? bundle : source);
}

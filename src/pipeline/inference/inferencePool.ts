import { CancelledError, EarshotError } from '../earshotError.ts';
import { InferenceCrash, InferenceProcess, type TaskAnswer } from './inferenceProcess.ts';
import type { InferenceModels } from './modelPaths.ts';
import type { InferenceResults, InferenceTask, TaskTiming } from './tasks.ts';

/** What is waiting longest and matters most goes first; lower is sooner. */
export type Priority = number;

export interface PoolAnswer<T extends InferenceTask['type']> {
  readonly result: InferenceResults[T];
  readonly timing: TaskTiming;
  /** Number of the process that did it, from 0. */
  readonly process: number;
}

interface Waiting {
  readonly task: InferenceTask;
  readonly priority: Priority;
  readonly order: number;
  readonly signal: AbortSignal;
  readonly resolve: (answer: PoolAnswer<InferenceTask['type']>) => void;
  readonly reject: (error: unknown) => void;
  attempts: number;
}

const MOST_ATTEMPTS = 2;
/** Processes that had nothing to do for so long are ended: together they hold several hundred megabytes. */
const IDLE_MILLISECONDS = 60_000;

/**
 * Runs tasks in inference processes, one task a process at a time. No lock is held across work: a process that is free
 * takes the most urgent task. A task whose process crashes is tried once more in a new one.
 */
export class InferencePool {
  readonly #models: InferenceModels;
  readonly #slots: { process: InferenceProcess | null; busy: boolean }[];
  readonly #waiting: Waiting[] = [];
  #order = 0;
  #closed = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(models: InferenceModels, processes: number) {
    this.#models = models;
    this.#slots = Array.from({ length: processes }, () => ({ process: null, busy: false }));
  }

  get size(): number {
    return this.#slots.length;
  }

  /** Process ids of the live inference processes. */
  get pids(): number[] {
    return this.#slots.flatMap(({ process }) =>
      process?.pid && !process.ended ? [process.pid] : [],
    );
  }

  /**
   * @throws CancelledError when the signal fires first; EarshotError `inference.crashed` after a second crash, or the
   * task's own error
   */
  run<T extends InferenceTask>(
    task: T,
    priority: Priority,
    signal: AbortSignal,
  ): Promise<PoolAnswer<T['type']>> {
    return new Promise((resolve, reject) => {
      if (this.#closed || signal.aborted) {
        reject(new CancelledError());
        return;
      }
      const cancel = () => {
        const at = this.#waiting.indexOf(waiting);
        if (at !== -1) this.#waiting.splice(at, 1);
        reject(new CancelledError());
      };
      signal.addEventListener('abort', cancel, { once: true });
      const settle =
        <V>(then: (value: V) => void) =>
        (value: V) => {
          signal.removeEventListener('abort', cancel);
          then(value);
        };
      const waiting: Waiting = {
        task,
        priority,
        order: this.#order++,
        signal,
        attempts: 0,
        resolve: settle(resolve as Waiting['resolve']),
        reject: settle(reject),
      };
      this.#waiting.push(waiting);
      this.#dispatch();
    });
  }

  /** Ends all processes and waits until they are gone; what waits or works is cancelled. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    for (const waiting of this.#waiting.splice(0)) waiting.reject(new CancelledError());
    await Promise.all(this.#slots.map(async ({ process }) => process?.kill()));
  }

  #dispatch(): void {
    clearTimeout(this.#idle);
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.busy) continue;
      const next = this.#takeNext();
      if (!next) return;
      slot.busy = true;
      void this.#work(index, next);
    }
  }

  #takeNext(): Waiting | undefined {
    let best = -1;
    this.#waiting.forEach((waiting, i) => {
      const other = this.#waiting[best];
      if (
        !other ||
        waiting.priority < other.priority ||
        (waiting.priority === other.priority && waiting.order < other.order)
      ) {
        best = i;
      }
    });
    return best === -1 ? undefined : this.#waiting.splice(best, 1)[0];
  }

  async #work(index: number, waiting: Waiting): Promise<void> {
    const slot = this.#slots[index];
    if (!slot) return;
    waiting.attempts += 1;
    try {
      // May throw: a machine without memory starts no process.
      if (!slot.process || slot.process.ended) slot.process = new InferenceProcess(this.#models);
      const answer: TaskAnswer = await slot.process.run(waiting.task);
      waiting.resolve({ ...answer, process: index });
    } catch (error) {
      this.#failed(waiting, error);
    } finally {
      slot.busy = false;
      if (!this.#closed) {
        this.#dispatch();
        this.#restIfIdle();
      }
    }
  }

  #restIfIdle(): void {
    if (this.#slots.some((slot) => slot.busy)) return;
    this.#idle = setTimeout(() => {
      for (const slot of this.#slots) {
        void slot.process?.kill();
        slot.process = null;
      }
    }, IDLE_MILLISECONDS).unref();
  }

  #failed(waiting: Waiting, error: unknown): void {
    if (this.#closed || waiting.signal.aborted) {
      waiting.reject(new CancelledError());
    } else if (!(error instanceof InferenceCrash)) {
      waiting.reject(error);
    } else if (waiting.attempts < MOST_ATTEMPTS) {
      this.#waiting.push(waiting);
    } else {
      waiting.reject(
        new EarshotError(
          'inference.crashed',
          `A unit of work (${waiting.task.type}) crashed its process twice. ${error.message}`,
          'Free some memory and run it again; what was finished is kept.',
          { cause: error },
        ),
      );
    }
  }
}

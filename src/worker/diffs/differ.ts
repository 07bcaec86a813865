import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EarshotError } from '../../pipeline/earshotError.ts';
import { type RunDiff, diffRuns } from '../../profiler/diff/diffRuns.ts';
import { type Run, spanCount } from '../../profiler/model/run.ts';
import { encodeRun } from '../../profiler/model/runCodec.ts';

/** Two runs with up to this many spans together are aligned in some hundred milliseconds: no thread is started. */
const SMALL_SPANS = 20_000;
const MOST_HEAP_MB = 4096;

/** What the thread is given; it gives back a `RunDiff`. */
export interface DiffOrder {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Aligns runs: large ones in a thread, so that the worker goes on answering. */
export class Differ {
  readonly #threads = new Set<Worker>();

  /** @throws ProfilerError `diff.incomparable`; EarshotError `diff.thread`; DOMException `AbortError` */
  async diff(a: Run, b: Run, signal: AbortSignal): Promise<RunDiff> {
    signal.throwIfAborted();
    const isSmall = spanCount(a) + spanCount(b) <= SMALL_SPANS;
    // Whether they can be compared at all is said before anything is copied.
    if (isSmall || unitOf(a) !== unitOf(b)) return diffRuns(a, b);
    const order: DiffOrder = { a: encodeRun(a), b: encodeRun(b) };
    const thread = new Worker(threadEntry(), {
      workerData: order,
      transferList: [order.a.buffer, order.b.buffer] as ArrayBuffer[],
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    this.#threads.add(thread);
    try {
      return await answerOf(thread, signal);
    } finally {
      this.#threads.delete(thread);
      void thread.terminate();
    }
  }

  /** Ends alignments that go on. */
  async stop(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }
}

function unitOf({ weights }: Run): string | null {
  return weights?.unit ?? null;
}

function answerOf(thread: Worker, signal: AbortSignal): Promise<RunDiff> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    thread.once('message', (diff: RunDiff) => resolve(diff));
    thread.once('error', (cause: Error) => reject(threadFailed(cause.message)));
    thread.once('exit', (code) => {
      signal.removeEventListener('abort', leave);
      reject(threadFailed(`it ended with code ${code}`));
    });
  });
}

function threadFailed(reason: string): EarshotError {
  return new EarshotError(
    'diff.thread',
    `The runs could not be aligned: ${reason}.`,
    'Close other runs to make room in memory, or compare smaller ones.',
  );
}

/** The file to start as a thread: beside the worker's bundle, or the source. */
function threadEntry(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return join(here, basename(here) === 'dist' ? 'diff.cjs' : 'diffThread.ts');
}

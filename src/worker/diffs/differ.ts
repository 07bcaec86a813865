import { EarshotError } from '../../pipeline/earshotError.ts';
import { type RunDiff, diffRuns } from '../../profiler/diff/diffRuns.ts';
import { type Run, spanCount } from '../../profiler/model/run.ts';
import { encodeRun } from '../../profiler/model/runCodec.ts';
import { OrderThreads } from '../orderThreads.ts';

/** Two runs with up to this many spans together are aligned in some hundred milliseconds: no thread is started. */
const SMALL_SPANS = 20_000;

/** What the thread is given; it gives back a `RunDiff`. */
export interface DiffOrder {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Aligns runs: large ones in a thread, so that the worker goes on answering. */
export class Differ {
  readonly #threads = new OrderThreads(
    { from: import.meta.url, bundle: 'diff.cjs', source: 'diffThread.ts' },
    (cause) =>
      threadFailed(typeof cause === 'number' ? `it ended with code ${cause}` : cause.message),
  );

  /** @throws ProfilerError `diff.incomparable`; EarshotError `diff.thread`; DOMException `AbortError` */
  async diff(a: Run, b: Run, signal: AbortSignal): Promise<RunDiff> {
    signal.throwIfAborted();
    const isSmall = spanCount(a) + spanCount(b) <= SMALL_SPANS;
    // Whether they can be compared at all is said before anything is copied.
    if (isSmall || unitOf(a) !== unitOf(b)) return diffRuns(a, b);
    const order: DiffOrder = { a: encodeRun(a), b: encodeRun(b) };
    const moved = [order.a.buffer, order.b.buffer] as ArrayBuffer[];
    return this.#threads.answer<RunDiff>(order, moved, signal);
  }

  /** Ends alignments that go on. */
  stop(): Promise<void> {
    return this.#threads.stop();
  }
}

function unitOf({ weights }: Run): string | null {
  return weights?.unit ?? null;
}

function threadFailed(reason: string): EarshotError {
  return new EarshotError(
    'diff.thread',
    `The runs could not be aligned: ${reason}.`,
    'Close other runs to make room in memory, or compare smaller ones.',
  );
}

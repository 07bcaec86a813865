import type { WorkerOptions } from '../../protocol/messages.ts';
import { type Run, spanCount } from '../../profiler/model/run.ts';
import { encodeRun } from '../../profiler/model/runCodec.ts';
import { type RunDigest, digestOf } from '../dashboard/runDigest.ts';
import { OrderThreads } from '../orderThreads.ts';
import { type ChartAnalysis, analyseForChart } from './chartAnalysis.ts';

/** A run up to this many spans is looked through in some hundred milliseconds at most: no thread is started for it. */
const SMALL_SPANS = 8000;
/** Beyond this the analysis would need more memory than a machine that somebody works on has to give. */
const MOST_SPANS = 3_000_000;

/** What the thread is given: it posts a `ChartAnalysis`, or a `RunDigest`. */
export type AnalysisOrder =
  | {
      readonly job: 'analysis';
      readonly run: Uint8Array<ArrayBuffer>;
      readonly baseline: Uint8Array<ArrayBuffer> | null;
      readonly options: WorkerOptions;
    }
  | { readonly job: 'digest'; readonly run: Uint8Array<ArrayBuffer> };

/** Looks runs through for charts and dashboards: large ones in a thread, so that the worker goes on answering. */
export class Analyst {
  readonly #threads = new OrderThreads(
    { from: import.meta.url, bundle: 'analysis.cjs', source: 'analysisThread.ts' },
    (cause) =>
      typeof cause === 'number'
        ? new Error(`The thread that looks a run through ended with code ${cause}.`)
        : cause,
  );

  /** Whether it takes so little time that a chart waits for it. */
  static isQuick(run: Run): boolean {
    return spanCount(run) <= SMALL_SPANS;
  }

  /** Whether it is done at all. */
  static isPossible(run: Run): boolean {
    return spanCount(run) <= MOST_SPANS;
  }

  /** @throws EarshotError `config.*` of a small run, else the thread's error; DOMException `AbortError` */
  async analyse(
    run: Run,
    baseline: Run | null,
    options: WorkerOptions,
    signal: AbortSignal,
  ): Promise<ChartAnalysis> {
    signal.throwIfAborted();
    if (Analyst.isQuick(run)) return analyseForChart(run, baseline, options);
    const order: AnalysisOrder = {
      job: 'analysis',
      run: encodeRun(run),
      baseline: baseline === null ? null : encodeRun(baseline),
      options,
    };
    return this.#answer<ChartAnalysis>(order, signal);
  }

  /** What a dashboard keeps of a run. @throws the thread's error; DOMException `AbortError` */
  async digest(run: Run, signal: AbortSignal): Promise<RunDigest> {
    signal.throwIfAborted();
    if (Analyst.isQuick(run)) return digestOf(run);
    return this.#answer<RunDigest>({ job: 'digest', run: encodeRun(run) }, signal);
  }

  stop(): Promise<void> {
    return this.#threads.stop();
  }

  #answer<T>(order: AnalysisOrder, signal: AbortSignal): Promise<T> {
    const baseline = order.job === 'analysis' ? order.baseline : null;
    const moved = [order.run.buffer, ...(baseline === null ? [] : [baseline.buffer])];
    return this.#threads.answer<T>(order, moved, signal);
  }
}

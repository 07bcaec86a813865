import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from '../../protocol/messages.ts';
import { type Run, spanCount } from '../../profiler/model/run.ts';
import { encodeRun } from '../../profiler/model/runCodec.ts';
import { type ChartAnalysis, analyseForChart } from './chartAnalysis.ts';

/** A run up to this many spans is looked through in some hundred milliseconds at most: no thread is started for it. */
const SMALL_SPANS = 8000;
/** Beyond this the analysis would need more memory than a machine that somebody works on has to give. */
const MOST_SPANS = 3_000_000;
const MOST_HEAP_MB = 4096;

/** What the thread is given and gives back. */
export interface AnalysisOrder {
  readonly run: Uint8Array;
  readonly baseline: Uint8Array | null;
  readonly options: WorkerOptions;
}

/** Looks runs through for charts: large ones in a thread, so that the worker goes on answering. */
export class Analyst {
  readonly #threads = new Set<Worker>();

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
    const encoded = encodeRun(run);
    const other = baseline === null ? null : encodeRun(baseline);
    const order: AnalysisOrder = { run: encoded, baseline: other, options };
    const thread = new Worker(threadEntry(), {
      workerData: order,
      transferList: other === null ? [encoded.buffer] : [encoded.buffer, other.buffer],
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

  async stop(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }
}

function answerOf(thread: Worker, signal: AbortSignal): Promise<ChartAnalysis> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    thread.once('message', (analysis: ChartAnalysis) => resolve(analysis));
    thread.once('error', reject);
    thread.once('exit', (code) => {
      signal.removeEventListener('abort', leave);
      reject(new Error(`The thread that looks a run through ended with code ${code}.`));
    });
  });
}

/** The file to start as a thread: beside the worker's bundle, or the source. */
function threadEntry(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return join(here, basename(here) === 'dist' ? 'analysis.cjs' : 'analysisThread.ts');
}

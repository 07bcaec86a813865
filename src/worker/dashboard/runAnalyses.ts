import { baselineOf } from '../../runs/analyseStoredRun.ts';
import { storedRun } from '../../runs/storedRun.ts';
import type { Run } from '../../profiler/model/run.ts';
import type { RunAnalysis } from '../../profiler/report/runAnalysis.ts';
import type { WorkerOptions } from '../../protocol/messages.ts';
import type { Library } from '../../store/library.ts';

/** Analyses hold their whole run: more than one would hold several large ones. */
interface Kept {
  readonly key: string;
  readonly analysis: Promise<RunAnalysis>;
}

/** Looks a run through, a large one beside the worker's other work. */
export type Analyser = (
  run: Run,
  baseline: Run | null,
  options: WorkerOptions,
) => Promise<Omit<RunAnalysis, 'run'>>;

/** Everything that is said of a run; the last one asked for is kept, as its details and its buckets are asked in turn. */
export class RunAnalyses {
  readonly #analyse: Analyser;
  #kept: Kept | null = null;

  constructor(analyse: Analyser) {
    this.#analyse = analyse;
  }

  /** @throws EarshotError `run.*`, `config.*` */
  of(library: Library, id: string, options: WorkerOptions): Promise<RunAnalysis> {
    const { series, bytes, status } = library.profiles.find(id);
    const baselines = library.baselines.of(series);
    const key = JSON.stringify([id, bytes, status, baselines, options]);
    if (this.#kept?.key === key) return this.#kept.analysis;
    const analysis = this.#begin(library, id, options);
    this.#kept = { key, analysis };
    analysis.catch(() => {
      if (this.#kept?.key === key) this.#kept = null;
    });
    return analysis;
  }

  /** Forgets it: the sources or the configuration may have changed since. */
  clear(): void {
    this.#kept = null;
  }

  async #begin(library: Library, id: string, options: WorkerOptions): Promise<RunAnalysis> {
    const run = await storedRun(library, id);
    const baseline = await baselineOf(library, run);
    return { ...(await this.#analyse(run, baseline, options)), run };
  }
}

import { analyseForWorkspace, baselineOf } from '../../runs/analyseStoredRun.ts';
import { storedRun } from '../../runs/storedRun.ts';
import { analyseRun } from '../../profiler/report/analyseRun.ts';
import type { RunAnalysis } from '../../profiler/report/runAnalysis.ts';
import type { WorkerOptions } from '../../protocol/messages.ts';
import type { Library } from '../../store/library.ts';
import { currentDemands } from './demands.ts';

/** Analyses hold their whole run: more than one would hold several large ones. */
interface Kept {
  readonly key: string;
  readonly analysis: Promise<RunAnalysis>;
}

/** Everything that is said of a run; the last one asked for is kept, as its details and its buckets are asked in turn. */
export class RunAnalyses {
  #kept: Kept | null = null;

  /** @throws EarshotError `run.*`, `config.*` */
  of(library: Library, id: string, options: WorkerOptions): Promise<RunAnalysis> {
    const { series, bytes, status } = library.profiles.find(id);
    const baselines = library.baselines.of(series);
    const key = JSON.stringify([id, bytes, status, baselines, options]);
    if (this.#kept?.key === key) return this.#kept.analysis;
    const analysis = analyse(library, id, options);
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
}

/** Without a folder that counts there are no sources to look for lines in. */
async function analyse(library: Library, id: string, options: WorkerOptions): Promise<RunAnalysis> {
  const run = await storedRun(library, id);
  const baseline = await baselineOf(library, run);
  const { workspace, targets } = options;
  if (workspace !== undefined) return analyseForWorkspace(run, baseline, { workspace, targets });
  return analyseRun(run, { ...currentDemands(options), baseline });
}

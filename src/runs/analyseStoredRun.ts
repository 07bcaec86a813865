import { loadConfig } from '../pipeline/config/loadConfig.ts';
import { mergeTargets } from '../pipeline/config/mergeTargets.ts';
import { stageLimits } from '../pipeline/config/stageTarget.ts';
import type { Run } from '../profiler/model/run.ts';
import { analyseRun } from '../profiler/report/analyseRun.ts';
import type { RunAnalysis } from '../profiler/report/runAnalysis.ts';
import { DEFAULT_TARGETS, TARGET_NAMES } from '../profiler/report/targets.ts';
import { locateFindings } from '../profiler/source/locateFindings.ts';
import { WorkspaceFiles } from '../profiler/source/workspaceFiles.ts';
import type { Library } from '../store/library.ts';
import { storedRun } from './storedRun.ts';

/** What a run is read with. */
export interface AnalysisOptions {
  /** Folder with the sources and `earshot.config.json`. */
  readonly workspace: string;
  /** Limits set in the editor's settings, by target name. */
  readonly targets?: Readonly<Record<string, number>> | undefined;
}

/**
 * A run of the library with everything that is said of it, its findings on lines of the workspace.
 *
 * @param baseline id of a run to hold it against; by default the newest accepted one of its series.
 * @throws EarshotError `run.*`, `config.*`
 */
export async function analyseStoredRun(
  library: Library,
  id: string,
  options: AnalysisOptions & { readonly baseline?: string | undefined },
): Promise<RunAnalysis> {
  const run = await storedRun(library, id);
  return analyseForWorkspace(run, await baselineOf(library, run, options.baseline), options);
}

/** The same for a run that is at hand. */
export async function analyseForWorkspace(
  run: Run,
  baseline: Run | null,
  { workspace, targets }: AnalysisOptions,
): Promise<RunAnalysis> {
  const config = loadConfig(workspace, TARGET_NAMES);
  const analysis = analyseRun(run, {
    targets: mergeTargets(DEFAULT_TARGETS, config, targets),
    stageLimits: stageLimits(config),
    baseline,
  });
  const { pathMaps = {}, sourceLines = {} } = config?.config ?? {};
  const files = new WorkspaceFiles(workspace);
  const findings = await locateFindings(run, analysis.findings, files, { pathMaps, sourceLines });
  return { ...analysis, findings };
}

/** The run that another is held against: the one that is asked for, or the newest accepted one of its series, or none. */
export async function baselineOf(library: Library, run: Run, asked?: string): Promise<Run | null> {
  if (asked !== undefined) return storedRun(library, asked);
  const { series } = library.profiles.find(run.id);
  const newest = library.baselines
    .of(series)
    .filter(({ runId }) => runId !== run.id)
    .at(-1);
  return newest === undefined ? null : library.profiles.load(newest.runId);
}

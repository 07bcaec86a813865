import { resolve } from 'node:path';
import { loadConfig } from '../pipeline/config/loadConfig.ts';
import { mergeTargets } from '../pipeline/config/mergeTargets.ts';
import { stageLimits } from '../pipeline/config/stageTarget.ts';
import type { Run } from '../profiler/model/run.ts';
import { analyseRun } from '../profiler/report/analyseRun.ts';
import type { RunAnalysis } from '../profiler/report/runAnalysis.ts';
import { DEFAULT_TARGETS, TARGET_NAMES } from '../profiler/report/targets.ts';
import { locateFindings } from '../profiler/source/locateFindings.ts';
import { WorkspaceFiles } from '../profiler/source/workspaceFiles.ts';
import type { Session } from './session.ts';
import { storedRun } from './storedRun.ts';

/** What a run is read with. */
export interface AnalysisFlags {
  /** Folder with the sources; the working folder by default. */
  readonly workspace?: string;
  /** A run to hold it against; by default the newest accepted one of its series. */
  readonly baseline?: string;
}

/**
 * A run of the library with everything that is said of it, its findings on lines of the workspace.
 *
 * @throws EarshotError `run.*`, `config.*`
 */
export async function analyseStoredRun(
  session: Session,
  id: string,
  flags: AnalysisFlags = {},
): Promise<RunAnalysis> {
  const run = await storedRun(session, id);
  return analyseForWorkspace(session, run, await baselineOf(session, run, flags.baseline), flags);
}

/** The same for a run that is at hand. */
export async function analyseForWorkspace(
  session: Session,
  run: Run,
  baseline: Run | null,
  { workspace }: Pick<AnalysisFlags, 'workspace'> = {},
): Promise<RunAnalysis> {
  const root = resolve(session.io.cwd, workspace ?? '.');
  const config = loadConfig(root, TARGET_NAMES);
  const analysis = analyseRun(run, {
    targets: mergeTargets(DEFAULT_TARGETS, config),
    stageLimits: stageLimits(config),
    baseline,
  });
  const { pathMaps = {}, sourceLines = {} } = config?.config ?? {};
  const files = new WorkspaceFiles(root);
  const findings = await locateFindings(run, analysis.findings, files, { pathMaps, sourceLines });
  return { ...analysis, findings };
}

async function baselineOf(
  session: Session,
  run: Run,
  asked: string | undefined,
): Promise<Run | null> {
  if (asked !== undefined) return storedRun(session, asked);
  const { profiles, baselines } = await session.library();
  const { series } = profiles.find(run.id);
  const newest = baselines
    .of(series)
    .filter(({ runId }) => runId !== run.id)
    .at(-1);
  return newest === undefined ? null : profiles.load(newest.runId);
}

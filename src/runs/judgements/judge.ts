import { isAbsolute, join, relative } from 'node:path';
import { loadConfig } from '../../pipeline/config/loadConfig.ts';
import type { LastVerdict, Mark } from '../../protocol/markMessages.ts';
import type { Finding } from '../../profiler/diagnosis/finding.ts';
import { type Run, spanCount } from '../../profiler/model/run.ts';
import { TARGET_NAMES } from '../../profiler/report/targets.ts';
import type { SourceHints } from '../../profiler/source/locateFindings.ts';
import { WorkspaceFiles } from '../../profiler/source/workspaceFiles.ts';
import type { SamplePair } from '../../profiler/verdict/samplePairs.ts';
import type { Verdict } from '../../profiler/verdict/verdict.ts';
import type { Judgement } from '../../store/judgements.ts';
import type { Library } from '../../store/library.ts';
import { analyseForWorkspace, baselineOf } from '../analyseStoredRun.ts';
import { storedRun } from '../storedRun.ts';
import { findingMarks } from './findingMarks.ts';
import { StagePlaces } from './stagePlaces.ts';
import { type MarkFrame, verdictMarks } from './verdictMarks.ts';

const MOST_SPANS = 1_000_000;

/** Two sets of stored runs that were compared. */
export interface JudgedComparison {
  readonly origin: 'gate' | 'compare';
  readonly name: string;
  /** Of the runs that were judged, or null. */
  readonly series: string | null;
  /** Folder of the person's sources. */
  readonly workspace: string;
  /** Folder of the sources that B was made of, laid out as the workspace is; the workspace itself as a rule. */
  readonly sources: string;
  readonly runs: Mark['runs'];
  /** The last run of B. */
  readonly last: Run;
  readonly verdict: Pick<LastVerdict, 'word' | 'text'>;
  readonly verdicts: readonly Verdict[];
  /** The values that were compared. */
  readonly pairs: readonly SamplePair[];
  /** What is wrong with the last run, on lines below `findingsFolder`. */
  readonly findings: readonly Finding[];
  readonly findingsFolder: string;
}

/** Puts what a gate or a comparison came to on the lines of the workspace. */
export async function judgeComparison(judged: JudgedComparison): Promise<Judgement> {
  const { origin, name, series, workspace, sources, runs, last, findingsFolder } = judged;
  const files = new WorkspaceFiles(sources);
  const frame: MarkFrame = { origin, name, series, runs, madeAt: new Date().toISOString() };
  const places = new StagePlaces(last, files, sourceHints(workspace));
  const below = relative(sources, findingsFolder);
  const findings = judged.findings.map((finding) => {
    const { location } = finding;
    return location === null || isAbsolute(location.file)
      ? finding
      : { ...finding, location: { ...location, file: join(below, location.file) } };
  });
  return {
    ...{ workspace, origin, name, madeAt: frame.madeAt },
    verdict: judged.verdict,
    judgedRuns: runs.b,
    marks: [
      ...(await verdictMarks(judged.verdicts, judged.pairs, places, frame)),
      ...(await findingMarks(findings, files, frame)),
    ],
  };
}

/**
 * Puts what is wrong with a stored run on the lines of the workspace; nothing of a run that takes long to be understood,
 * whose report says it.
 *
 * @throws EarshotError `run.*`, `config.*`
 */
export async function judgeRun(
  library: Library,
  id: string,
  series: string,
  workspace: string,
): Promise<Judgement> {
  const run = await storedRun(library, id);
  const baseline = await baselineOf(library, run);
  const findings =
    spanCount(run) > MOST_SPANS
      ? []
      : (await analyseForWorkspace(run, baseline, { workspace })).findings;
  const frame: MarkFrame = {
    ...{ origin: 'run', name: series, series, madeAt: new Date().toISOString() },
    runs: { a: baseline === null ? [] : [baseline.id], b: [run.id] },
  };
  return {
    ...{ workspace, origin: 'run', name: series, madeAt: frame.madeAt },
    verdict: null,
    judgedRuns: [run.id],
    marks: await findingMarks(findings, new WorkspaceFiles(workspace), frame),
  };
}

function sourceHints(workspace: string): SourceHints {
  const { pathMaps = {}, sourceLines = {} } = loadConfig(workspace, TARGET_NAMES)?.config ?? {};
  return { pathMaps, sourceLines };
}

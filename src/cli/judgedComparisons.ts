import { relative, resolve } from 'node:path';
import { type GateReport, headline } from '../profiler/gate/gateReport.ts';
import type { Repository } from '../profiler/gate/repository.ts';
import { pairsOf, type RunSetComparison } from '../profiler/verdict/compareRunSets.ts';
import type { VerdictWord } from '../profiler/verdict/verdict.ts';
import { analyseStoredRun } from '../runs/analyseStoredRun.ts';
import { judgeComparison } from '../runs/judgements/judge.ts';
import { realFolder, workspaceRoot } from '../runs/judgements/workspaceRoot.ts';
import { storedRun } from '../runs/storedRun.ts';
import type { RunSet } from './commands/profile/runSets.ts';
import type { FinishedGate } from './gateReporting.ts';
import { keepJudgement } from './keepJudgement.ts';
import type { Session } from './session.ts';

/** Keeps what a gate said of the lines of its repository; of one that was cancelled nothing. */
export async function keepGateJudgement(
  session: Session,
  gate: FinishedGate,
  report: GateReport,
  repository: Repository,
): Promise<void> {
  const { outcome, runs, request, sides } = gate;
  const { last } = runs.b;
  if (outcome.cancelled || last === null) return;
  const workspace = realFolder(repository.root);
  const { cwd: folder, workingTree } = sides.b;
  const sources = workingTree ? workspace : resolve(folder, relative(repository.prefix, ''));
  await keepJudgement(session, () =>
    judgeComparison({
      ...{ origin: 'gate', name: request.name, series: `gate:${request.name}`, workspace, sources },
      runs: { a: runs.a.ids, b: runs.b.ids },
      last,
      verdict: { word: gateWord(report), text: headline(report) },
      verdicts: outcome.comparison.verdicts,
      pairs: pairsOf(runs.a.facts, runs.b.facts),
      findings: report.findings,
      findingsFolder: workingTree ? realFolder(folder) : folder,
    }),
  );
}

/** A gate that is fine tells what the times say, but for what was too noisy to matter to it. */
function gateWord({ outcome: { verdict, comparison } }: GateReport): VerdictWord {
  const { overall } = comparison;
  if (verdict === 'regression') return 'slower';
  if (verdict === 'inconclusive') return overall === 'withheld' ? 'withheld' : 'inconclusive';
  return overall === 'faster' ? 'faster' : 'same';
}

/** Keeps what a comparison said of the lines of the workspace, where both sides are stored runs. */
export async function keepComparisonJudgement(
  session: Session,
  a: RunSet,
  b: RunSet,
  comparison: RunSetComparison,
  text: string,
): Promise<void> {
  const { profiles } = await session.library();
  const isStored = (name: string): boolean => profiles.exact(name) !== undefined;
  const lastId = b.names.at(-1);
  if (lastId === undefined || ![...a.names, ...b.names].every(isStored)) return;
  await keepJudgement(session, async (library) => {
    const workspace = workspaceRoot(session.io.cwd);
    const { series } = profiles.find(lastId);
    const { findings } = await analyseStoredRun(library, lastId, { workspace });
    return judgeComparison({
      ...{ origin: 'compare', name: series, series, workspace, sources: workspace },
      runs: { a: [...a.names], b: [...b.names] },
      last: await storedRun(library, lastId),
      verdict: { word: comparison.overall, text },
      verdicts: comparison.verdicts,
      pairs: pairsOf(a.facts, b.facts),
      findings,
      findingsFolder: workspace,
    });
  });
}

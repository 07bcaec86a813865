import { diagnoseFacts } from '../diagnosis/diagnose.ts';
import { factsOf } from '../diagnosis/facts/facts.ts';
import { ledgersOf } from '../ledger/ledgersOf.ts';
import type { Run } from '../model/run.ts';
import type { Seconds } from '../model/units.ts';
import { breakdownOf } from './breakdown.ts';
import { type StageLimits, expectedSecondsOf } from './expectedSeconds.ts';
import { ingestAmounts, ingestStageLimits } from './ingestStageLimits.ts';
import type { ReportTarget, RunAnalysis } from './runAnalysis.ts';
import { statedReportTargets } from './statedReportTargets.ts';
import { type TargetResult, evaluateTargets, type Target } from './targets.ts';

/** What a run is held to. */
export interface Demands {
  /** Targets of Earshot's own pipeline; they are for runs of kind `ingest` only. */
  readonly targets: readonly Target[];
  /** Most seconds by stage, from the project's configuration. */
  readonly stageLimits: StageLimits;
  /** An accepted run of the same work, or null. */
  readonly baseline: Run | null;
}

/** Finds out everything that is said of a run: findings, where the time went, targets, ledgers. */
export function analyseRun(run: Run, demands: Demands): RunAnalysis {
  const { stageLimits, baseline } = demands;
  const ofIngest = run.kind === 'ingest' ? evaluateTargets(run, demands.targets) : [];
  const stages = breakdownOf(run);
  const limits = stageLimitResults(stages, stageLimits);
  const facts = factsOf(run);
  const { statements, seconds } = facts;
  const allowed: StageLimits =
    run.kind === 'ingest'
      ? new Map([...ingestStageLimits(ingestAmounts(run), demands.targets), ...stageLimits])
      : stageLimits;
  return {
    run,
    seconds,
    findings: diagnoseFacts(facts, { targets: [...ofIngest, ...limits], baseline }),
    breakdown: stages.map(({ stage, seconds: taken }) => ({
      stage,
      seconds: taken,
      expectedSeconds: expectedSecondsOf(stage, taken, allowed, statements, run),
    })),
    targets: [
      ...ofIngest.map((target) => reportTarget(target, 'earshot')),
      ...limits.map((target) => reportTarget(target, 'configuration')),
      ...statedReportTargets(run, statements),
    ],
    ledgers: ledgersOf(run, facts.coverage),
  };
}

function stageLimitResults(
  stages: readonly { readonly stage: string; readonly seconds: Seconds }[],
  limits: StageLimits,
): TargetResult[] {
  return Array.from(limits, ([stage, limit]) => {
    const actual = stages.find((each) => each.stage === stage)?.seconds ?? null;
    return {
      name: `stage:${stage}`,
      title: `Stage ${stage}`,
      limit,
      direction: 'at-most',
      unit: 's',
      actual,
      met: actual === null ? null : actual <= limit,
    };
  });
}

function reportTarget(result: TargetResult, from: string): ReportTarget {
  const { name, title, limit, actual, met, direction, unit } = result;
  return { name, title, target: limit, actual, met, direction, unit, from };
}

import { factsOf } from '../../profiler/diagnosis/facts/facts.ts';
import { ledgersOf } from '../../profiler/ledger/ledgersOf.ts';
import type { Ledger } from '../../profiler/model/ledger.ts';
import type { Run } from '../../profiler/model/run.ts';
import type { Seconds } from '../../profiler/model/units.ts';
import { breakdownOf } from '../../profiler/report/breakdown.ts';
import { expectedSecondsOf } from '../../profiler/report/expectedSeconds.ts';
import type { ReportTarget } from '../../profiler/report/runAnalysis.ts';
import { type IngestAmounts, ingestAmounts } from '../../profiler/report/ingestStageLimits.ts';
import { statedReportTargets } from '../../profiler/report/statedReportTargets.ts';
import { audioSecondsOf, stageTable } from '../../profiler/report/stageTable.ts';
import { evaluateTargets } from '../../profiler/report/targets.ts';
import { type RunFacts, runFacts } from '../../profiler/verdict/compareRunSets.ts';
import { runSeconds } from '../../profiler/verdict/timeMetrics.ts';
import { bucketKind } from './bucketKind.ts';

/** What the dashboard needs of a run: small, so that hundreds are at hand. It depends on the run alone, not on settings. */
export interface RunDigest {
  readonly seconds: Seconds | null;
  /** Length of the recording of an ingest, where it is known. */
  readonly audioSeconds: Seconds | null;
  /** Those that were done, the longest first. */
  readonly stages: readonly StageDigest[];
  /** Whether stages are names of spans, which lie within one another. */
  readonly nested: boolean;
  /** Stages that were taken over from an earlier run, in the order of their names. */
  readonly reused: readonly string[];
  /** What an ingest made of each target that can be measured, by the target's name. */
  readonly measured: ReadonlyMap<string, number | null>;
  /** Targets that the run itself states. */
  readonly stated: readonly ReportTarget[];
  /** Share that was kept of what each ledger holds and is not neutral, by ledger. */
  readonly kept: ReadonlyMap<string, number>;
  readonly facts: RunFacts;
  /** What the times that its stages are allowed are reckoned from; null for a run that is no ingest. */
  readonly amounts: IngestAmounts | null;
}

export interface StageDigest {
  readonly stage: string;
  readonly seconds: Seconds;
  /** As the run's own log states it. */
  readonly expectedSeconds: Seconds | null;
}

/** Of a run that declares no stages: the longest names only, the others are rather the data's than the program's. */
const MOST_STAGES = 60;

const NO_LIMITS: ReadonlyMap<string, Seconds> = new Map();

/** Derives the digest: a few milliseconds for a run of thousands of spans. */
export function digestOf(run: Run): RunDigest {
  const { statements, coverage } = factsOf(run);
  const table = run.weights === null ? stageTable(run) : [];
  const reused = table
    .filter(({ state }) => state === 'cached' || state === 'skipped')
    .map(({ stage }) => stage)
    .sort();
  const left = new Set(reused);
  const timed = run.weights === null || run.weights.unit === 'nanoseconds';
  return {
    seconds: runSeconds(run),
    audioSeconds: run.kind === 'ingest' ? audioSecondsOf(run) : null,
    stages: (timed ? breakdownOf(run) : [])
      .filter(({ stage }) => !left.has(stage))
      .slice(0, MOST_STAGES)
      .map(({ stage, seconds }) => ({
        stage,
        seconds,
        expectedSeconds: expectedSecondsOf(stage, seconds, NO_LIMITS, statements, run),
      })),
    nested: table.length === 0,
    reused,
    measured: new Map(
      run.kind === 'ingest' ? evaluateTargets(run).map(({ name, actual }) => [name, actual]) : [],
    ),
    stated: statedReportTargets(run, statements),
    kept: keptShares(ledgersOf(run, coverage)),
    facts: runFacts(run),
    amounts: run.kind === 'ingest' ? ingestAmounts(run) : null,
  };
}

function keptShares(ledgers: readonly Ledger[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { name, buckets } of ledgers) {
    let [kept, all] = [0, 0];
    for (const bucket of buckets) {
      const kind = bucketKind(name, bucket.name);
      if (kind === 'kept') kept += bucket.amount;
      if (kind !== 'neutral') all += bucket.amount;
    }
    if (all > 0) shares.set(name, kept / all);
  }
  return shares;
}

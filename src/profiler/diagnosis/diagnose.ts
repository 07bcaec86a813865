import type { Run } from '../model/run.ts';
import { type Facts, factsOf } from './facts/facts.ts';
import type { Finding, Severity } from './finding.ts';
import { withoutEchoes } from './withoutEchoes.ts';
import type { DiagnosisContext, Rule } from './rule.ts';
import { batchTooLarge, batchTooSmall } from './rules/batchSize.ts';
import { brokenInstrument } from './rules/brokenInstrument.ts';
import { coldStartAsWork } from './rules/coldStartAsWork.ts';
import { contradictoryTargets } from './rules/contradictoryTargets.ts';
import { coverageLeak } from './rules/coverageLeak.ts';
import { criticalPathShift } from './rules/criticalPathShift.ts';
import { deviceMismatch } from './rules/deviceMismatch.ts';
import { falseSpeedUp } from './rules/falseSpeedUp.ts';
import { idleWait } from './rules/idleWait.ts';
import { lowCoverage } from './rules/lowCoverage.ts';
import { nPlusOne } from './rules/nPlusOne.ts';
import { repeatedDecode } from './rules/repeatedDecode.ts';
import { repeatedLoad } from './rules/repeatedLoad.ts';
import { retryStorm } from './rules/retryStorm.ts';
import { serialisedBatch } from './rules/serialisedBatch.ts';
import { singleStraggler } from './rules/singleStraggler.ts';
import { targetMissed } from './rules/targetMissed.ts';

/** All rules; none knows of another. */
const RULES: readonly Rule[] = [
  repeatedLoad,
  repeatedDecode,
  serialisedBatch,
  deviceMismatch,
  batchTooSmall,
  batchTooLarge,
  lowCoverage,
  coverageLeak,
  falseSpeedUp,
  coldStartAsWork,
  nPlusOne,
  idleWait,
  criticalPathShift,
  targetMissed,
  contradictoryTargets,
  brokenInstrument,
  retryStorm,
  singleStraggler,
];

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * The causes that a run shows, the most severe first, then the one that costs most. What a stronger finding already
 * explains is told once. Pure: the same run gives the same findings.
 */
export function diagnose(run: Run, context: DiagnosisContext): Finding[] {
  return diagnoseFacts(factsOf(run), context);
}

/** The same for a run whose facts are known. */
export function diagnoseFacts(facts: Facts, context: DiagnosisContext): Finding[] {
  const findings = RULES.flatMap((rule) => rule(facts, context));
  return withoutEchoes(findings).sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] || (b.wastedSeconds ?? 0) - (a.wastedSeconds ?? 0),
  );
}

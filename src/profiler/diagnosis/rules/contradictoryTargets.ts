import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { largest, smallest } from '../extremes.ts';
import { lineEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import { type TotalTarget, totalTargetsOf } from '../facts/totalTargets.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Factor between two ranges for the same time up to which rounding explains that they lie apart. */
const ROUNDING = 1.3;
/** The same for limits: the harder of two keeps the easier one too, so they must lie further apart. */
const LIMITS_APART = 2;

/**
 * Targets that say different things about the same time: a total time, a real-time factor and hours an hour are one
 * figure for an input of known length, items a second and seconds for the items another.
 */
export const contradictoryTargets: Rule = (facts) =>
  totalTargetsOf(facts).flatMap((targets) => {
    const apart = clashing(targets);
    return apart.length < 2 ? [] : [contradiction(facts, apart)];
  });

/** All targets of the group where at least two of different form lie apart; none where they agree. */
function clashing(targets: readonly TotalTarget[]): readonly TotalTarget[] {
  const clash = targets.some((a) =>
    targets.some((b) => a.form !== b.form && b.low > a.high * factorFor(a, b)),
  );
  return clash ? targets : [];
}

function factorFor(a: TotalTarget, b: TotalTarget): number {
  return a.low < a.high && b.low < b.high ? ROUNDING : LIMITS_APART;
}

function contradiction(facts: Facts, targets: readonly TotalTarget[]): Finding {
  const length = facts.inputLength;
  const converted = targets.map(({ said, low, high }) => {
    const seconds =
      high / low < 1.01 ? formatSeconds(low) : `${formatSeconds(low)} to ${formatSeconds(high)}`;
    return `${said} = ${seconds}${inOtherForms(low, high, length?.seconds ?? null)}`;
  });
  const evidence = targets.map(({ target }) => lineEvidence(facts.run.log, target.measurement));
  const said = length?.statement;
  if (said !== undefined && said !== null) {
    evidence.push(lineEvidence(facts.run.log, said.measurement));
  }
  return findingOf(facts, {
    kind: 'contradictory-targets',
    severity: 'warning',
    title: `${targets.length} targets for the same time contradict one another: ${targets.map((each) => each.said).join(', ')}`,
    count: targets.length,
    wastedSeconds: null,
    expected: 'targets that say the same in other units',
    actual: converted.join('; '),
    evidence,
    cause: `${length === null ? 'Converted' : `For an input of ${formatSeconds(length.seconds)}, converted`} into seconds they lie apart by a factor of ${formatNumber(largest(targets.map((t) => t.low)) / smallest(targets.map((t) => t.high)))}.`,
    fix: 'Keep one of them and derive the others from it.',
    confidence: 0.9,
    refutedBy: 'Targets that are meant for different stages or inputs of different length.',
    texts: targets.map(({ target }) => target.measurement.quote),
  });
}

function inOtherForms(low: number, high: number, length: number | null): string {
  if (length === null) return '';
  const range = (a: number, b: number): string =>
    Math.abs(a / b - 1) < 0.01 ? formatNumber(a) : `${formatNumber(a)} to ${formatNumber(b)}`;
  return ` (real-time factor ${range(low / length, high / length)}, ${range(length / high, length / low)} hours an hour)`;
}

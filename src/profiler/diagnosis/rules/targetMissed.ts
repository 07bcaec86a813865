import { formatNumber, formatSeconds, formatShare } from '../../report/formatNumber.ts';
import { audioSecondsOf } from '../../report/stageTable.ts';
import { targetText } from '../../report/targetText.ts';
import type { TargetResult } from '../../report/targets.ts';
import { findingOf } from '../draft.ts';
import { lineEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import { type StatedTarget, type Statement, isMet } from '../facts/statements.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** What was asked for and not reached: targets in force, and those that the log states. */
export const targetMissed: Rule = (facts, { targets }) => [
  ...withoutInverses(targets.filter(({ met }) => met === false)).map((target) =>
    inForce(facts, target),
  ),
  ...facts.statements.targets.flatMap((target) => {
    const { actual } = target;
    if (actual === null || isMet(target, actual) || target.quantity === 'share') return [];
    return actual.low === 0 ? [] : [stated(facts, target, actual)];
  }),
];

/** A real-time factor and hours an hour are one figure said twice: the first of them is told. */
function withoutInverses(missed: readonly TargetResult[]): TargetResult[] {
  const isOne = (value: number): boolean => Math.abs(value - 1) < 0.01;
  return missed.filter(
    (target, i) =>
      !missed
        .slice(0, i)
        .some(
          (other) =>
            isOne(other.limit * target.limit) &&
            isOne((other.actual ?? 0) * (target.actual ?? 0)) &&
            other.direction !== target.direction,
        ),
  );
}

/** Speeds of an ingest: figures of a recording, which the start of the processes weighs on where it is short. */
const SPEEDS: ReadonlySet<string> = new Set(['s/s', 'h/h', 's/h', 'texts/s']);
const SHORT_RECORDING_SECONDS = 300;

function inForce(facts: Facts, target: TargetResult): Finding {
  const { title, limit, direction, unit, name } = target;
  const wanted = `${direction === 'at-most' ? 'at most' : 'at least'} ${targetText(limit, unit)}`;
  const actual = targetText(target.actual, unit);
  const audio = audioSecondsOf(facts.run);
  const short = audio !== null && audio < SHORT_RECORDING_SECONDS && SPEEDS.has(unit);
  return findingOf(facts, {
    kind: 'target-missed',
    severity: short ? 'info' : 'warning',
    title: `${title}: ${actual}, ${wanted} was wanted`,
    count: 1,
    wastedSeconds: null,
    expected: wanted,
    actual,
    evidence: [{ text: `${name}: ${actual}` }],
    cause: short
      ? `The recording has only ${formatSeconds(audio)}: the start of the processes and models is a good part of the time.`
      : 'The other findings may say why; without one the work itself takes this long on this machine.',
    fix: short
      ? 'Judge the speed by a recording of more than five minutes.'
      : 'Start with the stage that has the largest share of the time.',
    confidence: 1,
    refutedBy: 'A machine or an input that the target was not made for.',
    texts: [],
  });
}

function stated(facts: Facts, target: StatedTarget, actual: Statement): Finding {
  const { log } = facts.run;
  const wanted = `${target.direction === 'at-most' ? 'at most' : 'at least'} ${figure(target)}`;
  const label = (target.measurement.label || actual.measurement.label).trim();
  const evidence = [lineEvidence(log, actual.measurement)];
  if (target.measurement.line !== actual.measurement.line) {
    evidence.push(lineEvidence(log, target.measurement));
  }
  return findingOf(facts, {
    kind: 'target-missed',
    severity: 'warning',
    title: `${label}: ${figure(actual)}, ${wanted} was wanted`,
    count: 1,
    wastedSeconds: target.quantity === 'duration' ? Math.max(0, actual.low - target.high) : null,
    expected: wanted,
    actual: figure(actual),
    evidence,
    cause:
      'The log itself states what was wanted; the other findings may say why it was not reached.',
    fix: 'See the other findings of this stage; where there is none, profile the stage.',
    confidence: 0.85,
    refutedBy: 'A target that is meant for another stage or machine.',
    texts: [log?.templates[actual.measurement.template]?.text ?? ''],
  });
}

function figure({ low, high, quantity, measurement }: Statement): string {
  const one = (value: number): string => {
    if (quantity === 'duration') return formatSeconds(value);
    return quantity === 'share' ? formatShare(value) : `${formatNumber(value)} ${measurement.unit}`;
  };
  if (low === high) return one(low);
  const from = quantity === 'duration' ? formatSeconds(low) : formatNumber(low);
  return `${from} to ${one(high)}`;
}

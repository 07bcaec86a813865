import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import type { Measurement } from '../../model/logSummary.ts';
import type { Seconds } from '../../model/units.ts';
import { largest } from '../extremes.ts';
import { VOCABULARY, meaningful } from '../vocabulary.ts';
import { overlapOf, says, wordsOf } from '../words.ts';
import type { Facts } from './facts.ts';
import { tellsInputLength } from './inputLength.ts';
import { counts as isCountOf } from './quantities.ts';
import type { StatedTarget, Statement } from './statements.ts';
import { isOfWholeRun } from './wholeRun.ts';

/** A target as the time that it leaves. */
export interface TotalTarget {
  readonly target: StatedTarget;
  /** How it is told; targets of the same form are ambitions of different strength and do not contradict. */
  readonly form: 'time' | 'real-time factor' | 'hours per hour' | 'rate';
  readonly low: Seconds;
  readonly high: Seconds;
  /** As the log says it. */
  readonly said: string;
}

/** Targets for the same time, converted into seconds: those for the whole run, and those for each stage with a rate. */
export function totalTargetsOf(facts: Facts): TotalTarget[][] {
  const names = runNames(facts);
  const whole = facts.statements.targets.flatMap((target) => wholeTime(facts, target, names));
  return [whole, ...stageTargets(facts)].filter((group) => group.length > 1);
}

/** Words that stand beside the word for the whole run: its name, which says nothing more where it stands alone. */
function runNames({ statements }: Facts): ReadonlySet<string> {
  const whole = [...statements.targets, ...statements.actuals].filter(isOfWholeRun);
  return new Set(whole.flatMap(({ words }) => words));
}

function wholeTime(facts: Facts, target: StatedTarget, names: ReadonlySet<string>): TotalTarget[] {
  const length = facts.inputLength?.seconds ?? null;
  const { quantity, low, high } = target;
  if (!(low > 0) || !ofWholeRun(target, names)) return [];
  if (quantity === 'duration') {
    return tellsInputLength(target)
      ? []
      : [{ target, form: 'time', low, high, said: saidAs(target, formatSeconds) }];
  }
  if (length === null) return [];
  if (quantity === 'real-time factor') {
    const said = `real-time factor ${saidAs(target, formatNumber)}`;
    return [{ target, form: quantity, low: low * length, high: high * length, said }];
  }
  if (quantity === 'hours per hour') {
    const said = `${saidAs(target, formatNumber)} hours an hour`;
    return [{ target, form: quantity, low: length / high, high: length / low, said }];
  }
  return [];
}

/** Speaks of the run as a whole, or of nothing in particular. */
function ofWholeRun(statement: Statement, names: ReadonlySet<string>): boolean {
  const { measurement, quantity } = statement;
  const words = wordsOf(measurement.label);
  if (isOfWholeRun(statement)) return true;
  const own = meaningful(words).filter((word) => !GENERAL.test(word) && !names.has(word));
  return own.length === 0 && (quantity !== 'duration' || words.length > 0);
}

/** What any run has. */
const GENERAL =
  /^(?:real|realtime|rtf|factor|throughput|speed|audio|video|media|processing|processed|process|performance|duration|runtime|rate|hours?|hour|an|echtzeitfaktor|durchsatz|dauer|verarbeitung|finish|time)$/u;

/** A rate and a time for the same stage, or for the whole run, with the number of items that lie between them. */
function stageTargets(facts: Facts): TotalTarget[][] {
  const { targets } = facts.statements;
  const times = targets.filter(({ quantity, low }) => quantity === 'duration' && low > 0);
  return targets.flatMap((rate): TotalTarget[][] => {
    const counted = /^rate (.+)\/s$/u.exec(rate.quantity)?.[1];
    if (counted === undefined || !(rate.low > 0)) return [];
    const beside = times.filter((time) => speakOfTheSame(time, rate, counted));
    const named = beside.filter((time) => shareWords(time, rate, counted));
    const same = named.length > 0 ? named : beside;
    const items = itemsOf(counted, facts.run.log?.measurements ?? [], same);
    if (items === null || same.length === 0) return [];
    const converted: TotalTarget = {
      target: rate,
      form: 'rate',
      low: items / rate.high,
      high: items / rate.low,
      said: `${saidAs(rate, formatNumber)} ${rate.measurement.unit}`,
    };
    const told = same.map((target): TotalTarget => {
      const { low, high } = target;
      return { target, form: 'time', low, high, said: saidAs(target, formatSeconds) };
    });
    return [[converted, ...told]];
  });
}

function speakOfTheSame(time: StatedTarget, rate: StatedTarget, counted: string): boolean {
  if (onSameLine(time, rate)) return true;
  if (isOfWholeRun(time) || isOfWholeRun(rate)) return isOfWholeRun(time) && isRateOfWholeRun(rate);
  return shareWords(time, rate, counted);
}

function shareWords(time: StatedTarget, rate: StatedTarget, counted: string): boolean {
  return time.words.length > 0 && overlapOf(time.words, [...rate.words, counted]) > 0.5;
}

/** A rate beside the word `elapsed` is that of its line, not of the run. */
function isRateOfWholeRun({ measurement }: Statement): boolean {
  const words = wordsOf(measurement.label).filter((word) => !/^(?:elapsed|wall|end)$/u.test(word));
  return says(words, VOCABULARY.whole);
}

function onSameLine(a: Statement, b: Statement): boolean {
  return a.measurement.file === b.measurement.file && a.measurement.line === b.measurement.line;
}

/** How many there are: as the line of the time says it, else the largest count of this unit. */
function itemsOf(
  unit: string,
  all: readonly Measurement[],
  times: readonly StatedTarget[],
): number | null {
  const counts = (of: readonly Measurement[]): number[] =>
    of.flatMap(({ kind, value, of: whole, unit: own }) => {
      if (!isCountOf(own, unit)) return [];
      if (kind === 'count') return value === null ? [] : [value];
      return kind === 'ratio' && whole !== null ? [whole] : [];
    });
  const lines = new Set(times.map(({ measurement: { file, line } }) => `${file}:${line}`));
  const near = counts(all.filter(({ file, line }) => lines.has(`${file}:${line}`)));
  const known = near.length > 0 ? near : counts(all);
  return known.length === 0 ? null : largest(known);
}

function saidAs({ low, high, direction }: StatedTarget, format: (value: number) => string): string {
  if (low !== high) return `${format(low)} to ${format(high)}`;
  return `${direction === 'at-most' ? '≤' : '≥'} ${format(low)}`;
}

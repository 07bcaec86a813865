import type { Measurement } from '../../model/logSummary.ts';
import { NS_PER_SECOND } from '../../model/units.ts';
import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';
import type { Facts } from './facts.ts';
import { statedTotal } from './runSeconds.ts';
import { counts, isRealTimeFactor, unitKey } from './quantities.ts';
import type { Statement } from './statements.ts';

/** A figure that cannot be right, and why. */
export interface Impossible {
  readonly measurement: Measurement;
  readonly said: string;
  readonly expected: string;
  readonly reason: string;
}

/** Seconds that a clock may go back: lines of several threads overtake one another. */
const CLOCK_SLACK = 5;
/** Relative difference between a rate and its own items and seconds that no rounding explains. */
const OFF = 0.1;

export function impossibleFigures(facts: Facts): Impossible[] {
  const { actuals } = facts.statements;
  const found = actuals.flatMap(
    (figure) => zeroRate(facts, figure) ?? overfull(figure) ?? notItsOwnRate(figure, actuals) ?? [],
  );
  return oneOfEach([...found, ...backwards(facts)]);
}

/** Nothing a second, in a run that took time and did work. */
function zeroRate(
  facts: Facts,
  { measurement, quantity, low, high }: Statement,
): Impossible[] | null {
  if (measurement.kind !== 'rate' || low !== 0 || high !== 0) return null;
  const total = statedTotal(facts.statements)?.low ?? facts.seconds ?? 0;
  if (!(total > 0)) return null;
  const ofTime = quantity === 'real-time factor' || quantity === 'hours per hour';
  const length = facts.inputLength?.seconds ?? null;
  if (!ofTime && !hasDone(facts, measurement)) return null;
  const expected =
    length !== null && quantity === 'real-time factor'
      ? `real-time factor ${formatNumber(total / length)}`
      : length !== null && quantity === 'hours per hour'
        ? `${formatNumber(length / total)} hours an hour`
        : 'a figure above 0';
  const said = `${nameOf(measurement)} of 0${unitBehind(measurement)}`;
  const reason = `A run of ${formatSeconds(total)} that did its work has no figure of 0 for its speed.`;
  return [{ measurement, said, expected, reason }];
}

/** Whether the log counts any of the items whose rate is 0. */
function hasDone(facts: Facts, { unit }: Measurement): boolean {
  const counted = unitKey(unit).replace(/\/s$/u, '');
  return facts.statements.actuals.some(
    ({ measurement: { kind, value, unit: own } }) =>
      (kind === 'count' || kind === 'ratio') &&
      (value ?? 0) > 0 &&
      counted !== '' &&
      counts(own, counted),
  );
}

/** More than there is. Loads of processors and memory may exceed 100 %. */
function overfull({ measurement, low }: Statement): Impossible[] | null {
  const { kind, value, of, label, unit } = measurement;
  const words = wordsOf(label);
  if (kind === 'ratio' && of !== null && value !== null && value > of) {
    if (!says(words, VOCABULARY.coverage)) return null;
    const said = `${formatNumber(value)} of ${formatNumber(of)} ${unit}`.trim();
    return [
      {
        measurement,
        said,
        expected: 'a part no larger than its whole',
        reason: 'A part is larger than its whole.',
      },
    ];
  }
  if (kind !== 'percentage' || low <= 1.0001) return null;
  if (
    !says(words, VOCABULARY.coverage) &&
    !says(words, /^(?:progress|share|accuracy|precision|recall|fortschritt)$/u)
  )
    return null;
  const said = `${nameOf(measurement)} of ${formatNumber(low * 100)} %`;
  return [{ measurement, said, expected: 'at most 100 %', reason: 'A share exceeds the whole.' }];
}

/** `282 texts in 272 s (9.0 texts/s)`: a rate that is not its own line's items by its seconds. */
function notItsOwnRate(figure: Statement, actuals: readonly Statement[]): Impossible[] | null {
  const { measurement, low, high, quantity } = figure;
  const counted = /^rate (.+)\/s$/u.exec(quantity)?.[1];
  if (counted === undefined || low !== high || !(low > 0)) return null;
  const sameLine = actuals
    .map((each) => each.measurement)
    .filter((each) => each.file === measurement.file && each.line === measurement.line);
  const items = sameLine.filter(({ kind, unit }) => kind === 'count' && unitKey(unit) === counted);
  const times = sameLine.filter(({ kind }) => kind === 'duration');
  const [n, seconds] = [items[0]?.value, times[0]?.value];
  if (items.length !== 1 || times.length !== 1 || !n || !seconds) return null;
  const own = n / seconds;
  const rounding =
    roundingOf(measurement.quote, low) + (own * roundingOf(measurement.quote, seconds)) / seconds;
  if (Math.abs(own - low) <= Math.max(own * OFF, rounding)) return null;
  const said = `${nameOf(measurement)} of ${formatNumber(low)} ${measurement.unit}`;
  const expected = `${formatNumber(n)} in ${formatSeconds(seconds)} = ${formatNumber(own)} ${measurement.unit}`;
  return [
    {
      measurement,
      said,
      expected,
      reason: 'A rate is not its own items divided by its own seconds.',
    },
  ];
}

/** Half of the last digit with which a figure stands in its line. */
function roundingOf(quote: string, value: number): number {
  for (const match of quote.matchAll(/\d+(?:[.,](\d+))?/gu)) {
    const digits = match[1]?.length ?? 0;
    if (Math.abs(Number(match[0].replace(',', '.')) - value) < 1e-9) return 0.5 * 10 ** -digits;
  }
  return 0;
}

/** Lines of one file whose times fall. */
function backwards(facts: Facts): Impossible[] {
  const { log } = facts.run;
  if (log === null) return [];
  const last = new Map<number, Measurement>();
  for (const measurement of log.measurements) {
    const before = last.get(measurement.file);
    const { timeNs } = measurement;
    if (timeNs === null) continue;
    const back = ((before?.timeNs ?? timeNs) - timeNs) / NS_PER_SECOND;
    if (before !== undefined && back > CLOCK_SLACK) {
      return [
        {
          measurement,
          said: `A clock that goes back by ${formatSeconds(back)}`,
          expected: 'times that rise from line to line',
          reason: 'The clock of the log was set back, so lengths across that line are wrong.',
        },
      ];
    }
    last.set(measurement.file, measurement);
  }
  return [];
}

/** What the instrument measures, in the words of its label and with a word for a speed. */
function nameOf({ label, unit, kind }: Measurement): string {
  const counted = wordsOf(unit);
  const words = label
    .trim()
    .split(/\s+/u)
    .filter(
      (word) => word !== '' && (kind !== 'rate' || !(counted.includes(word) || END.test(word))),
    );
  const speed = kind !== 'rate' || words.some((word) => SPEED.test(word));
  const name = (speed ? words : [...words, 'rate']).join(' ');
  return name === '' ? 'A figure' : name;
}

const END = /^(?:finish(?:ed)?|complete[d]?|done|ended|fertig)$/u;
const SPEED =
  /^(?:throughput|rate|speed|factor|rtf|performance|fps|rps|qps|bandwidth|durchsatz|echtzeitfaktor|geschwindigkeit|\p{L}+rate)$/u;

/** A unit behind its figure, as a person says it. */
function unitBehind({ unit, label }: Measurement): string {
  if (unit === '' || (unit === 'x' && isRealTimeFactor(label, unit))) return '';
  if (unit === 'h/h') return ' hours an hour';
  return unit.startsWith('/') ? unit.replace('/s', ' a second') : ` ${unit}`;
}

/** The same instrument wrong on many lines is one. */
function oneOfEach(figures: readonly Impossible[]): Impossible[] {
  const seen = new Set<string>();
  return figures.filter(({ measurement, reason }) => {
    const key = `${measurement.template} ${measurement.label} ${reason}`;
    return !seen.has(key) && seen.add(key);
  });
}

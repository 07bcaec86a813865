import type { Measurement } from '../../model/logSummary.ts';

/** Seconds in an hour. */
export const SECONDS_PER_HOUR = 3600;

/** Shares are one quantity, however they are told; durations are; rates and counts are by what they count. */
export function quantityOf(measurement: Measurement): string {
  const { kind, unit, label } = measurement;
  if (kind === 'ratio' || kind === 'percentage') return 'share';
  if (kind === 'duration' && isHoursOfInput(measurement)) return 'hours per hour';
  if (kind === 'duration' || kind === 'size') return kind;
  if (isHoursPerHour('', unit)) return 'hours per hour';
  if (isRealTimeFactor(label, unit)) return 'real-time factor';
  if (isHoursPerHour(label, unit) || isSpeed(label, unit)) return 'hours per hour';
  return `${kind} ${unitKey(unit)}`;
}

/** The hours of `40 hours of audio per hour` are no time that anything took. */
function isHoursOfInput({ quote, value }: Measurement): boolean {
  const hours =
    /([\d.,]+)\s*(?:hours?|hrs?|h)\s+(?:of\s+)?(?:\p{L}+\s+)?(?:per|an|each|\/)\s*(?:hour|hr|h)\b/iu.exec(
      quote,
    );
  return hours !== null && Number(hours[1]) * SECONDS_PER_HOUR === value;
}

/** Units of the same thing in one spelling: `texts/sec` and `text/s`. */
export function unitKey(unit: string): string {
  return unit
    .toLowerCase()
    .replaceAll(/\bper\b/gu, '/')
    .replaceAll(/\s+/gu, '')
    .replace(/\/(?:s|sec|second|seconds)$/u, '/s')
    .replace(/(?<=\p{L}{2})s(?=\/|$)/u, '');
}

/** Whether a count is one of what a rate counts: `source rows` of `rows/s`, `text embeddings` of `texts/s`. */
export function counts(unit: string, counted: string): boolean {
  if (unitKey(unit) === counted) return true;
  return unit.includes(' ') && unit.split(' ').some((word) => unitKey(word) === counted);
}

/** Seconds of work for each second of input. */
export function isRealTimeFactor(label: string, unit: string): boolean {
  return /\brtf\b|real.?time factor|echtzeitfaktor|facteur temps/iu.test(`${label} ${unit}`);
}

/** `60 x real time` is hours of input in an hour. */
function isSpeed(label: string, unit: string): boolean {
  return unit === 'x' && /\bspeed\b|real.?time|faster|geschwindigkeit|echtzeit\b/iu.test(label);
}

/** Hours of input in an hour of work. */
export function isHoursPerHour(label: string, unit: string): boolean {
  return /\b(?:hours?|hrs?|h|stunden?|std)\b[^/]*(?:\/|\bper\b|\ban\b|\bpro\b|\bje\b)\s*(?:hours?|hrs?|h|stunde|std)\b/iu.test(
    `${label} ${unit}`,
  );
}

import { type Figure, figure, scaled } from './figure.ts';
import { keyWords } from './keyWords.ts';
import { bytesOf, rateUnit, secondsOf } from './units.ts';
import { DURATION_WORDS, NAME_WORDS, RATE_WORDS, SHARE_WORDS, TARGET_WORDS } from './vocabulary.ts';

/** A number from which integers of unknown unit are taken for nanoseconds, as Go's `slog` writes durations. */
const NANOSECONDS_FROM = 1e6;

/** Keys under which web frameworks write whole milliseconds. */
const MILLISECOND_KEYS = new Set([
  'response time',
  'responsetime',
  'request time ms',
  'elapsed time millis',
]);

/**
 * What a number without a unit is, told by its key: `duration=12.5` is seconds, `latency_ms=3` milliseconds,
 * `real-time factor: 0.15` a factor, `coverage=0.34` a share, `queue_depth=15` a count. Null where the key is the name
 * of a thing (`port: 80`) or there is none.
 */
export function keyedFigure(
  name: string,
  given: { at: number; to: number; value: number; upper: number | null; fraction: boolean },
): Figure | null {
  if (name === '') return null;
  const { at, to, value, upper, fraction } = given;
  const { words: key, unit } = keyWords(name);
  const last = key.at(-1) ?? '';
  const make = (kind: Figure['kind'], factor: number, more: Partial<Figure> = {}): Figure =>
    figure(kind, scaled(value, factor), at, to, {
      upper: upper === null ? null : scaled(upper, factor),
      key,
      factor,
      ...more,
    });
  if (unit.startsWith('per ')) {
    const timeAbove = secondsOf(key.at(-2) ?? '') !== undefined;
    const items = key.slice(timeAbove ? -2 : -1).filter((word) => !TARGET_WORDS.has(word));
    const rate = rateUnit(items, unit.slice(4));
    return make('rate', rate?.factor ?? 1, { unit: rate?.unit ?? '' });
  }
  if (['pct', 'percent', 'percentage'].includes(unit)) return make('percentage', 0.01);
  const seconds = secondsOf(unit);
  if (seconds !== undefined) return make('duration', seconds);
  const bytes = bytesOf(unit);
  if (bytes !== undefined) return make('size', bytes);
  const text = key.join(' ');
  if (/\brtf\b|real ?time factor|realtime|echtzeitfaktor/u.test(text))
    return make('rate', 1, { unit: 'x' });
  if (key.some((word) => RATE_WORDS.has(word))) return make('rate', 1);
  if (
    SHARE_WORDS.has(last) &&
    (fraction || value === 0 || value === 1) &&
    value >= 0 &&
    value <= 1
  ) {
    return make('percentage', 1);
  }
  if (['percent', 'percentage', 'pct'].includes(last)) return make('percentage', 0.01);
  if (last === 'bytes' || (last === 'size' && value >= 4096)) return make('size', 1);
  if (DURATION_WORDS.has(last) || DURATION_WORDS.has(text)) {
    if (MILLISECOND_KEYS.has(text)) return make('duration', 1e-3);
    if (fraction) return make('duration', 1);
    return value >= NANOSECONDS_FROM ? make('duration', 1e-9) : null;
  }
  if (NAME_WORDS.has(last) || isNameOrTime(last)) return null;
  const counted = /\p{L}{2,}s$/u.test(last) && !/ss$|us$|is$/u.test(last);
  return make('count', 1, { unit: counted ? last : '' });
}

/** Ids and points in time: `user_id`, `requestid`, `ts`, `created_date`. */
function isNameOrTime(word: string): boolean {
  return (
    /^(?:ids?|ts|dates?|time)$/u.test(word) ||
    /(?:uuid|hash|timestamp|datetime|date|time)$/u.test(word) ||
    /^(?:user|request|req|trace|span|session|job|task|run|client|account|order|event|message|msg|thread|process|correlation)id$/u.test(
      word,
    )
  );
}

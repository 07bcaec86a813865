import { InvalidArgumentError } from 'commander';
import type { SpeakerCount } from '../protocol/ingest.ts';

/** `N` or `MIN..MAX`. */
export function parseSpeakers(text: string): SpeakerCount {
  const [, low, high] = /^(\d{1,3})(?:\.\.(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const min = Number(low);
  const max = high === undefined ? min : Number(high);
  if (low === undefined || min < 1 || max < min) {
    throw new InvalidArgumentError('It is a number such as 2, or a range such as 2..4.');
  }
  return { min, max };
}

/** A whole number of at least 1. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('It is a whole number of at least 1.');
  }
  return count;
}

/** A text that says something. */
export function parseName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** Bytes: `500000`, `64k`, `10M`, `1G`; the letters are powers of 1024. */
export function parseSize(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,12})([kmg]?)$/iu.exec(text.trim()) ?? [];
  const bytes = Number(digits) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ');
  if (!(bytes >= 1)) throw new InvalidArgumentError('It is a number of bytes such as 64k or 10M.');
  return bytes;
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** A length of time such as `500ms`, `30s`, `5m`, `1h`, in seconds; a bare number is seconds. */
export function parseDuration(text: string): number {
  const [, digits, unit = 's'] = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h)?$/u.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (SECONDS[unit] ?? Number.NaN);
  // Timers hold no more than 24 days.
  if (!(seconds > 0 && seconds <= 24 * 24 * 3600)) {
    throw new InvalidArgumentError('It is a length of time such as 500ms, 30s, 5m or 1h.');
  }
  return seconds;
}

/** A TCP port; 0 stands for any. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  }
  return port;
}

/** Number and percent sign of a share; exponents too, as that is how programs print small numbers. */
const SHARE = /^(\d{1,6}(?:\.\d{1,30})?(?:e-\d{1,3})?)\s*(%?)$/iu;

/**
 * A share: `10%` or `0.1`. A bare number from 1 on is refused: whoever writes 5 means 5 %, and would silently get 500 %.
 */
export function parseShare(text: string): number {
  const [, digits, percent] = SHARE.exec(text.trim()) ?? [];
  if (digits === undefined) {
    throw new InvalidArgumentError('It is a share such as 10% or 0.1.');
  }
  if (percent === '%') return Number(digits) / 100;
  if (Number(digits) >= 1) {
    throw new InvalidArgumentError(`Write ${digits}%: a number without % is a share below 1.`);
  }
  return Number(digits);
}

/** The chance of a false alarm, `1%` or `0.01`: above 0 and below a half. */
export function parseAlpha(text: string): number {
  const alpha = parseShare(text);
  if (!(alpha > 0 && alpha < 0.5)) {
    throw new InvalidArgumentError('It is a chance above 0 and below 50%, such as 1% or 0.01.');
  }
  return alpha;
}

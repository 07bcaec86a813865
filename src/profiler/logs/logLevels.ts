import type { LogLevel } from '../model/columns.ts';

const LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: 'trace',
  trc: 'trace',
  finest: 'trace',
  finer: 'trace',
  verbose: 'trace',
  silly: 'trace',
  debug: 'debug',
  dbg: 'debug',
  fine: 'debug',
  config: 'debug',
  debug1: 'debug',
  vvv: 'trace',
  info: 'info',
  inf: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  log: 'info',
  success: 'info',
  warn: 'warn',
  wrn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  failure: 'error',
  fatal: 'fatal',
  ftl: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  panic: 'fatal',
  dpanic: 'fatal',
};

/** glog and logcat write one letter. */
const LETTERS: Readonly<Record<string, LogLevel>> = {
  T: 'trace',
  V: 'trace',
  D: 'debug',
  I: 'info',
  N: 'info',
  W: 'warn',
  E: 'error',
  F: 'fatal',
  C: 'fatal',
};

/** The level that a word names, or undefined. */
export function levelOfWord(word: string): LogLevel | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(LEVELS, lower) ? LEVELS[lower] : undefined;
}

/** The level that one capital letter names, or undefined. */
export function levelOfLetter(letter: string): LogLevel | undefined {
  return Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
}

/** The level of a syslog severity, 0 (emergency) to 7 (debug): RFC 5424, table 2. */
export function levelOfSeverity(severity: number): LogLevel {
  if (severity <= 2) return 'fatal';
  if (severity === 3) return 'error';
  if (severity === 4) return 'warn';
  return severity === 7 ? 'debug' : 'info';
}

/**
 * The level of a field: a word, Bunyan's and pino's numbers (10 to 60), or Python's (10 to 50). OpenTelemetry's severity
 * numbers (1 to 24) are told apart by being below 10 or no multiple of ten.
 */
export function levelOfField(value: unknown): LogLevel | undefined {
  if (typeof value === 'string') {
    return levelOfWord(value) ?? (value.length === 1 ? levelOfLetter(value) : undefined);
  }
  if (typeof value !== 'number') return undefined;
  if (value % 10 === 0 && value >= 10 && value <= 60) {
    return (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[value / 10 - 1];
  }
  if (!Number.isInteger(value) || value < -8 || value > 24) return undefined;
  if (value <= 0) return value < 0 ? 'debug' : 'info';
  return (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[
    Math.floor((value - 1) / 4)
  ];
}

import { ProfilerError } from '../model/profilerError.ts';
import { readClock, readCompoundDuration, readNumeric } from './numericToken.ts';
import { LinearRegex } from './regex/linearRegex.ts';
import { type TimeStamp, timeStampOf } from './timeStamp.ts';
import { secondsOf } from './units.ts';

/** A person's pattern of log lines, as `logPatterns` of earshot.config.json holds it. */
export interface LogPattern {
  /**
   * Regular expression with any of the named groups `ts`, `name`, `event`, `dur`, `id`, `thread`, and `key_…` for
   * attributes. No lookaround, no back-references: it is matched in linear time.
   */
  readonly pattern: string;
  /** Name of the spans where the pattern has no group `name`. */
  readonly name?: string | undefined;
  /** What its lines tell of where the pattern has no group `event`. */
  readonly event?: 'start' | 'end' | 'point' | undefined;
  /** Unit of `dur` where the line has none. */
  readonly durationUnit?: 'ns' | 'us' | 'ms' | 's' | 'min' | undefined;
}

/** What a pattern found in a line. */
export interface PatternMatch {
  readonly time: TimeStamp | null;
  readonly name: string;
  readonly event: 'start' | 'end' | 'point' | null;
  /** Seconds, or null. */
  readonly seconds: number | null;
  readonly id: string;
  readonly thread: string;
  /** By name, without `key_`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Longer than 30,000 years lasts nothing. */
const MAX_SECONDS = 1e12;
/** Longest part of a line that patterns see, in characters. */
const MAX_CHARS = 4096;
const GROUP = /^(?:ts|name|event|dur|id|thread|key_\w+)$/u;
const START = /^(?:start|begin|enter|open|[bs]$|→|>+$)/iu;
const END = /^(?:end|stop|finish|done|complete|exit|clos|leav|[ef]$|←|<+$)/iu;

/** The patterns of a log, tried in order. */
export class LinePatterns {
  readonly #patterns: readonly { regex: LinearRegex; given: LogPattern }[];

  /** @throws ProfilerError `log.invalid-pattern` */
  constructor(patterns: readonly unknown[]) {
    this.#patterns = patterns.map((each) => {
      const given = checked(each);
      const regex = new LinearRegex(given.pattern);
      const unknown = regex.groups.find((name) => !GROUP.test(name));
      if (unknown !== undefined)
        throw invalid(
          given.pattern,
          `there is no group called “${unknown}”; attributes are key_${unknown}`,
        );
      if (regex.groups.length === 0)
        throw invalid(
          given.pattern,
          'it has none of the groups ts, name, event, dur, id, thread, key_…',
        );
      return { regex, given };
    });
  }

  /** What the first pattern that fits finds; null where none does. */
  match(line: string): PatternMatch | null {
    const text = line.length > MAX_CHARS ? line.slice(0, MAX_CHARS) : line;
    for (const { regex, given } of this.#patterns) {
      const groups = regex.match(text);
      if (groups !== null) return found(groups, given);
    }
    return null;
  }
}

function found(groups: Readonly<Record<string, string>>, given: LogPattern): PatternMatch {
  const { ts, name, event, dur, id = '', thread = '' } = groups;
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(groups)) {
    if (key.startsWith('key_')) attributes[key.slice(4)] = value;
  }
  const epoch = ts !== undefined && /^\d{10}(?:\d{3}|\d{6}|\d{9})?$/u.test(ts) ? Number(ts) : ts;
  return {
    time: timeStampOf(epoch),
    name: (name ?? given.name ?? '').trim(),
    event: event === undefined ? (given.event ?? null) : eventOf(event),
    seconds: dur === undefined ? null : possible(secondsIn(dur.trim(), given.durationUnit ?? 's')),
    id,
    thread,
    attributes,
  };
}

function eventOf(text: string): 'start' | 'end' | 'point' {
  if (START.test(text)) return 'start';
  return END.test(text) ? 'end' : 'point';
}

/** Seconds of what a group `dur` matched: `1m 30s`, `0:04:12`, `12.5 ms`, `12.5`. */
function possible(seconds: number | null): number | null {
  return seconds !== null && Math.abs(seconds) <= MAX_SECONDS ? seconds : null;
}

function secondsIn(text: string, unit: string): number | null {
  if (/^\d{1,3}(?::\d\d){1,2}(?:[.,]\d+)?$/u.test(text)) return readClock(text);
  const compound = readCompoundDuration(text.replace(/\s+/gu, ''));
  if (compound !== null) return compound;
  const [number = '', word] = text.split(/\s+/u);
  const numeric = readNumeric(number);
  if (numeric === null || numeric.of !== null) return null;
  const given = numeric.rest === '' ? (word ?? unit) : numeric.rest;
  const seconds = secondsOf(given, true);
  return seconds === undefined ? null : numeric.value * seconds;
}

function checked(value: unknown): LogPattern {
  const given = typeof value === 'string' ? { pattern: value } : value;
  if (
    typeof given !== 'object' ||
    given === null ||
    typeof (given as LogPattern).pattern !== 'string'
  ) {
    throw new ProfilerError('log.invalid-pattern', 'A log pattern is an object with a "pattern".');
  }
  return given as LogPattern;
}

function invalid(pattern: string, reason: string): ProfilerError {
  return new ProfilerError(
    'log.invalid-pattern',
    `The pattern ${JSON.stringify(pattern.slice(0, 200))} cannot be used: ${reason}.`,
  );
}

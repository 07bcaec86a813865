import type { LogLevel } from '../model/columns.ts';
import { levelOfField, levelOfSeverity } from './logLevels.ts';
import { type TimeStamp, timeStampOf } from './timeStamp.ts';
import { COMPARATORS } from './vocabulary.ts';

/** A line of fields, JSON or logfmt. */
export interface StructuredLine {
  readonly time: TimeStamp | null;
  /** The value of the time as it stands in the line, to find it again in lines of the same shape. */
  readonly timeText: string | null;
  readonly level: LogLevel | null;
  readonly thread: string | null;
  readonly message: string;
  /** The other fields as `key=value`, nested ones with dots. */
  readonly fields: string;
}

const TIME_KEYS =
  /^(?:ts|t|time|timestamp|@timestamp|datetime|date|asctime|eventtime|_time|__realtime_timestamp|timeunixnano|at|when)$/u;
const LEVEL_KEYS =
  /^(?:level|lvl|severity|levelname|log\.level|loglevel|severitytext|level_name|l)$/u;
const MESSAGE_KEYS = /^(?:msg|message|event|text|body|@message|fields\.message|log|m)$/u;
const THREAD_KEYS =
  /^(?:thread|threadname|thread_name|process\.thread\.name|tid|worker|goroutine)$/u;
const SKIPPED =
  /^(?:pid|hostname|host|v|logger|loggername|logger_name|caller|stack|stacktrace|exception|trace_id|span_id|traceid|spanid|target|filename|lineno|module|funcname|pathname|@version|thread_id|process|processname|source\..*|_.*|syslog_.*|code_.*|name|levelno|created|msecs|relativecreated)$/u;
/** A value that is one figure with its unit: `at least 20 images/s`, `> 90 %`, `3 to 4 min`. */
const FIGURE =
  /^(?:(<=?|>=?|≤|≥|[a-z]+(?: [a-z]+){0,2}) ?)?([~≈]?\d[\d.,]*(?:(?: ?[-–] ?| to | bis )\d[\d.,]*)? ?(?:%|\p{L}{1,12}(?:\/\p{L}{1,12}| (?:per|\/|pro) \p{L}{1,12}| \p{L}{1,12}\/\p{L}{1,12})?))$/iu;
const MAX_FIELDS = 60;
const MAX_DEPTH = 5;
const MAX_VALUE = 400;

/** Reads a line of JSON; null where it is none. */
export function readJsonLine(text: string): StructuredLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields: [string, unknown][] = [];
  flatten(value as Record<string, unknown>, '', 0, fields);
  return fields.length === 0 ? null : structured(fields);
}

function flatten(
  value: Record<string, unknown>,
  prefix: string,
  depth: number,
  into: [string, unknown][],
): void {
  for (const [key, each] of Object.entries(value)) {
    if (into.length >= MAX_FIELDS) return;
    if (typeof each === 'object' && each !== null && !Array.isArray(each)) {
      if (depth < MAX_DEPTH)
        flatten(each as Record<string, unknown>, `${prefix}${key}.`, depth + 1, into);
    } else {
      // tracing and others put everything into `fields`.
      into.push([(prefix === 'fields.' ? '' : prefix) + key, each]);
    }
  }
}

const PAIR = /(?<![\w.@-])([A-Za-z_@][\w.@-]{0,200})=("(?:[^"\\]|\\.)*"|[^\s"]*)(?=\s|$)/gu;

/** Reads a line of logfmt: at least two pairs, which make up most of it; null where it is none. */
export function readLogfmtLine(text: string): StructuredLine | null {
  if (!/^[A-Za-z_@][\w.@-]*=/u.test(text)) return null;
  const fields: [string, unknown][] = [];
  let covered = 0;
  for (const [pair, key = '', value = ''] of text.matchAll(PAIR)) {
    covered += pair.length + 1;
    if (fields.length < MAX_FIELDS)
      fields.push([key, value.startsWith('"') ? unquote(value) : value]);
  }
  const known =
    fields.some(([key]) => key !== 'at' && MESSAGE_KEYS.test(key)) ||
    fields.some(([key]) => LEVEL_KEYS.test(key)) ||
    fields.some(([key, value]) => TIME_KEYS.test(key) && timeStampOf(value) !== null);
  if (fields.length < 2 || covered < text.length * 0.8 || !known) return null;
  return structured(fields);
}

function unquote(value: string): string {
  return value
    .slice(1, -1)
    .replace(/\\(.)/gu, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c));
}

function structured(fields: readonly (readonly [string, unknown])[]): StructuredLine {
  let time: TimeStamp | null = null;
  let timeText: string | null = null;
  let level: LogLevel | null = null;
  let thread: string | null = null;
  let message: string | null = null;
  const rest: string[] = [];
  for (const [key, value] of fields) {
    const lower = key.toLowerCase();
    if (time === null && TIME_KEYS.test(lower)) {
      time = timeStampOf(numeric(value));
      if (time !== null) {
        timeText = String(value);
        continue;
      }
    }
    if (level === null && lower === 'priority') {
      level = /^[0-7]$/u.test(String(value)) ? levelOfSeverity(Number(value)) : null;
      continue;
    }
    if (level === null && LEVEL_KEYS.test(lower)) {
      level = levelOfField(numericLevel(value)) ?? null;
      if (level !== null) continue;
    }
    if (message === null && MESSAGE_KEYS.test(lower) && typeof value === 'string') {
      message = value;
      continue;
    }
    if (thread === null && THREAD_KEYS.test(lower)) {
      thread = String(value);
      continue;
    }
    const target = lower === 'target' && typeof value === 'string' && FIGURE.test(value);
    if (target || (!SKIPPED.test(lower) && !TIME_KEYS.test(lower))) rest.push(pairOf(key, value));
  }
  return {
    time,
    timeText,
    level,
    thread,
    message: message ?? '',
    fields: rest.filter(Boolean).join(' '),
  };
}

/** journald writes its microseconds as text. */
const numeric = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{10}(?:\d{3}|\d{6}|\d{9})?$/u.test(value)
    ? Number(value)
    : value;

const numericLevel = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,2}$/u.test(value) ? Number(value) : value;

function pairOf(key: string, value: unknown): string {
  if (value === null || value === '' || Array.isArray(value)) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length > MAX_VALUE) return '';
  const figure = typeof value === 'string' ? FIGURE.exec(value) : null;
  if (figure !== null) {
    const [, comparator = '', amount = ''] = figure;
    const direction = COMPARATORS[comparator.toLowerCase()];
    const sign = direction === undefined ? '' : direction === 'at-most' ? '<=' : '>=';
    return `${key}=${sign === '' ? '' : ` ${sign}`}${amount.replace(/\s(?:to|bis)\s/u, '-')}`;
  }
  return typeof value === 'string' && /[\s"',;()[\]{}|=]/u.test(text)
    ? `${key}="${text.replaceAll('"', "'")}"`
    : `${key}=${text}`;
}

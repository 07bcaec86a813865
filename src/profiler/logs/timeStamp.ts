/**
 * How much of a calendar a time stamp knows: all of it, all but the year, only the time of the day, or nothing but the
 * seconds since something (an uptime).
 */
export type TimeKind = 'dated' | 'yearless' | 'clock' | 'uptime';

/** A time stamp as it stands in a line. Without a zone it is taken for UTC: only differences matter. */
export interface TimeStamp {
  readonly kind: TimeKind;
  /** Whole seconds: Unix time, of a yearless one in 1970, of the day, or of the uptime. */
  readonly seconds: number;
  /** Below one second. */
  readonly nanos: number;
  /** Characters that it takes. */
  readonly length: number;
}

type Parts = Omit<TimeStamp, 'length'>;
type Match = readonly (string | undefined)[];

interface Shape {
  readonly pattern: RegExp;
  readonly read: (match: Match) => Parts | null;
}

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

function month(name: string | undefined): number {
  const at = MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase());
  return at >= 0 && at % 3 === 0 ? at / 3 : -1;
}

/** Nanoseconds of the digits behind the decimal mark. */
function fraction(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits.slice(0, 9).padEnd(9, '0'));
}

/** Seconds to take off for a zone such as `+02:00`, `-0530`, `Z`. */
function zoneSeconds(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/u.exec(zone ?? '');
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

function dated(
  [year, monthIndex, day]: readonly [number, number, number],
  [hour, minute, second]: readonly (string | number | undefined)[],
  nanos: number,
  more: { zone?: string | undefined; kind?: TimeKind } = {},
): Parts | null {
  if (monthIndex < 0 || monthIndex > 11 || day < 1 || day > 31) return null;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) return null;
  const ms = Date.UTC(year, monthIndex, day, Number(hour), Number(minute), Number(second ?? 0));
  return { kind: more.kind ?? 'dated', seconds: ms / 1000 - zoneSeconds(more.zone), nanos };
}

const hour12 = (hour: string | undefined, half: string | undefined): number =>
  half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);

const TIME = '(\\d\\d?):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?';
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const END = '(?![\\d])';

const SHAPES: readonly Shape[] = [
  {
    pattern:
      /(\d{4})[-/.](\d\d)[-/.](\d\d)(?:[T_]|, ?| )(\d\d):(\d\d)(?::(\d\d)(?:[.,:](\d{1,9}))?)?(?: ?(Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d\b|[+-]\d\d\b))?/uy,
    read: ([, y, mo, d, h, mi, s, f, zone]) =>
      dated([Number(y), Number(mo) - 1, Number(d)], [h, mi, s], fraction(f), { zone }),
  },
  {
    pattern:
      /(\d{4})(\d\d)(\d\d)[T -](\d\d):?(\d\d):?(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?(?!\d)/uy,
    read: ([, y, mo, d, h, mi, s, f, zone]) =>
      dated([Number(y), Number(mo) - 1, Number(d)], [h, mi, s], fraction(f), { zone }),
  },
  {
    pattern: new RegExp(
      `(\\d\\d?)[/ -]${MONTH}[a-z]*[/ -](\\d{4})[:, ] ?${TIME}(?: ([+-]\\d{4}))?`,
      'uy',
    ),
    read: ([, d, mo, y, h, mi, s, f, zone]) =>
      dated([Number(y), month(mo), Number(d)], [h, mi, s], fraction(f), { zone }),
  },
  {
    pattern: new RegExp(`${MONTH}[a-z]* (\\d\\d?), (\\d{4}),? ${TIME}(?: ?(AM|PM))?`, 'uyi'),
    read: ([, mo, d, y, h, mi, s, f, half]) =>
      dated([Number(y), month(mo), Number(d)], [hour12(h, half), mi, s], fraction(f)),
  },
  {
    pattern: new RegExp(
      `[A-Z][a-z]{2},? ${MONTH} +(\\d\\d?) ${TIME}(?: [A-Z]{3,4})? (\\d{4})`,
      'uy',
    ),
    read: ([, mo, d, h, mi, s, f, y]) =>
      dated([Number(y), month(mo), Number(d)], [h, mi, s], fraction(f)),
  },
  {
    pattern: new RegExp(`${MONTH} {1,2}(\\d\\d?) (?:(\\d{4}) )?${TIME}`, 'uy'),
    read: ([, mo, d, y, h, mi, s, f]) =>
      dated([Number(y ?? 1972), month(mo), Number(d)], [h, mi, s], fraction(f), {
        kind: y === undefined ? 'yearless' : 'dated',
      }),
  },
  {
    pattern: new RegExp(`(\\d\\d?)[/.](\\d\\d?)[/.](\\d{4}),? ${TIME}(?: ?(AM|PM))?`, 'uy'),
    read: ([, first, second, y, h, mi, s, f, half]) => {
      // Days first where a point separates them or the first number is no month.
      const daysFirst = Number(first) > 12;
      const [mo, d] = daysFirst ? [second, first] : [first, second];
      return dated([Number(y), Number(mo) - 1, Number(d)], [hour12(h, half), mi, s], fraction(f));
    },
  },
  {
    pattern: /(\d{10})(?:[.,](\d{1,9}))?(?![\d:])/uy,
    read: ([, s, f]) => epoch(Number(s), fraction(f)),
  },
  {
    pattern: /(\d{10})(\d{3}|\d{6}|\d{9})(?:\.\d+)?(?![\d:])/uy,
    read: ([, s, f]) => epoch(Number(s), fraction(f)),
  },
  {
    pattern: new RegExp(`${TIME}(?: ?(AM|PM)\\b)?${END}`, 'uyi'),
    read: ([, h, mi, s, f, half]) => {
      const hour = hour12(h, half);
      if ((h ?? '').length < 2 || hour > 23 || Number(mi) > 59 || Number(s) > 60) return null;
      return {
        kind: 'clock',
        seconds: hour * 3600 + Number(mi) * 60 + Number(s),
        nanos: fraction(f),
      };
    },
  },
];

/** Epoch seconds between 2001 and 2100: other numbers of ten digits are no times. */
function epoch(seconds: number, nanos: number): Parts | null {
  return seconds >= 978_307_200 && seconds < 4_102_444_800
    ? { kind: 'dated', seconds, nanos }
    : null;
}

/** Letters and digits a time stamp can begin with. */
const BEGINS = /[\dA-Z]/u;

/** Reads the time stamp that begins at a position of a line; null where there is none. */
export function timeStampAt(line: string, at: number): TimeStamp | null {
  if (!BEGINS.test(line[at] ?? '')) return null;
  for (const { pattern, read } of SHAPES) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match === null) continue;
    const parts = read(match);
    if (parts !== null) return { ...parts, length: match[0].length };
  }
  return null;
}

let likely = 0;

/** Like `timeStampAt`, for one line after another: the form that was met last is tried first. */
export function nextTimeStampAt(line: string, at: number): TimeStamp | null {
  const shape = SHAPES[likely];
  if (shape !== undefined) {
    shape.pattern.lastIndex = at;
    const match = shape.pattern.exec(line);
    const parts = match === null ? null : shape.read(match);
    if (match !== null && parts !== null) return { ...parts, length: match[0].length };
  }
  const found = timeStampAt(line, at);
  if (found !== null) {
    likely = SHAPES.findIndex(({ pattern }) => {
      pattern.lastIndex = at;
      return pattern.test(line);
    });
  }
  return found;
}

/** Reads the time in a field of a structured line: text, or a number of seconds, ms, µs or ns since 1970. */
export function timeStampOf(value: unknown): TimeStamp | null {
  if (typeof value === 'string') return timeStampAt(value, 0);
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null;
  for (const perSecond of [1, 1e3, 1e6, 1e9]) {
    const seconds = Math.floor(value / perSecond);
    // A double holds no more than 17 digits of an epoch: microseconds of whole seconds, 256 ns of nanoseconds.
    const nanos = Math.round((value / perSecond - seconds) * 1e6) * 1e3;
    const parts = epoch(seconds, Math.min(nanos, 999_999_000));
    if (parts !== null) return { ...parts, length: 0 };
  }
  return null;
}

/** glog's time: `1123 04:40:21.123456` behind the letter of the level. */
export function glogTime(match: Match): Parts | null {
  const [, , mo, d, h, mi, s, f] = match;
  return dated([1972, Number(mo) - 1, Number(d)], [h, mi, s], fraction(f), { kind: 'yearless' });
}

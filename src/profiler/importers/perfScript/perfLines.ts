import { isPossibleTime } from '../timeLimit.ts';

/** The line that begins a sample. */
export interface PerfHeader {
  readonly comm: string;
  /** Thread id, as it is written. */
  readonly tid: string;
  /** Seconds since the machine was started, as nanoseconds; null where the text has no times. */
  readonly timeNs: number | null;
  /** Name of the event; empty where the text has none. */
  readonly event: string;
  /** A frame on the same line: samples without a stack. */
  readonly rest: string;
}

/** `comm pid/tid [cpu]`: the command may hold spaces and numbers, so what follows must settle where it ends. */
const WHO = String.raw`^\s*(?<comm>\S.{0,63}?)\s+(?:-?\d+\/)?(?<tid>-?\d+)(?:\s+\[\d+\])?`;
const EVENT = String.raw`\s+(?:\d+\s+)?(?<event>[^\s()]+):(?=\s|$)`;

/** `who time: period event: rest`, and what is left of it when fields are left out with -F; the first that fits. */
const HEADERS = [
  new RegExp(
    String.raw`${WHO}(?:\s+[.\w]{4,5})?\s+(?<seconds>\d+)\.(?<fraction>\d{1,9}):(?:${EVENT})?(?:\s+(?<rest>.*))?$`,
    'u',
  ),
  new RegExp(String.raw`${WHO}${EVENT}(?:\s+(?<rest>.*))?$`, 'u'),
  new RegExp(String.raw`${WHO}\s*$`, 'u'),
];

/** Longer lines begin no sample, nor do those with more space in a row: both would only keep the patterns busy. */
const MAX_HEADER = 4096;
const WIDE_SPACE = /\s{64}/u;

/** Whether the sample has no time or one that can be; others are told of and left out. */
export function hasPossibleTime({ timeNs }: PerfHeader): boolean {
  return timeNs === null || isPossibleTime(timeNs, 1);
}

/** Takes the first line of a sample apart; null where it is none. */
export function parseHeader(line: string): PerfHeader | null {
  if (line.length > MAX_HEADER || WIDE_SPACE.test(line)) return null;
  for (const pattern of HEADERS) {
    const groups = pattern.exec(line)?.groups;
    if (groups === undefined) continue;
    const { comm = '', tid = '', seconds, fraction, event = '', rest = '' } = groups;
    const timeNs =
      seconds === undefined || fraction === undefined
        ? null
        : Number(seconds) * 1e9 + Number(fraction.padEnd(9, '0'));
    return { comm, tid, timeNs, event, rest };
  }
  return null;
}

const OFFSET = /\+0x[0-9a-f]+$/u;
const ADDRESS = /^\s+[0-9a-f]+\s+/u;
const INLINED = 'inlined';
const UNKNOWN = '[unknown]';

/** The frame's name of a line of a stack, `address symbol+offset (binary)`; null where it is none. */
export function parseFrame(line: string): string | null {
  if (!/^\s/u.test(line)) return null;
  let symbol = line.replace(ADDRESS, '').trim();
  if (symbol === '') return null;
  let binary = '';
  // The last bracket: symbols have brackets of their own.
  const open = symbol.endsWith(')') ? ` ${symbol}`.lastIndexOf(' (') : -1;
  if (open >= 0) {
    binary = symbol.slice(open + 1, -1);
    symbol = symbol.slice(0, open).trim();
  }
  symbol = symbol.replace(OFFSET, '');
  if (symbol !== '' && symbol !== UNKNOWN) return symbol;
  if (binary === '' || binary === UNKNOWN || binary === INLINED) return UNKNOWN;
  return `${UNKNOWN} (${binary.slice(binary.lastIndexOf('/') + 1)})`;
}

const PLACE = /^\s{2,}(\S.*?):(\d+)$/u;

/** The source line under a frame (`-F +srcline`), or null. */
export function parsePlace(line: string): { file: string; line: number } | null {
  const found = PLACE.exec(line);
  if (found === null || ADDRESS.test(line)) return null;
  return { file: found[1] ?? '', line: Number(found[2]) };
}

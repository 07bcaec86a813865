import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';

const WORDS: readonly (readonly [number, string])[] = [
  [SPAN_FLAG.error, 'error'],
  [SPAN_FLAG.overTarget, 'over its target'],
  [SPAN_FLAG.finding, 'part of a finding'],
  [SPAN_FLAG.critical, 'on the critical path'],
  [SPAN_FLAG.open, 'has no end'],
  [SPAN_FLAG.merged, 'several spans'],
];

/** What the flags of a span say, in words; the worst first. */
export function flagWords(flags: number): string[] {
  return WORDS.filter(([bit]) => (flags & bit) !== 0).map(([, word]) => word);
}

/** How bad the worst of the flags is. */
export function flagSeverity(flags: number): 'error' | 'warning' | 'info' {
  if ((flags & SPAN_FLAG.error) !== 0) return 'error';
  return (flags & (SPAN_FLAG.overTarget | SPAN_FLAG.finding)) !== 0 ? 'warning' : 'info';
}

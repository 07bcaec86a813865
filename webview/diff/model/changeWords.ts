import { amountText, signedText } from '../../../src/profiler/diff/amountText.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';

/** Signs that tell the direction of a change without a colour. */
export const GLYPH = { more: '▲', less: '▼', same: '=', onlyA: '◁ A', onlyB: 'B ▷' } as const;

/** Whether more of a unit is worse: of times and of everything else that is measured here it is. */
export function glyphOf(delta: number): string {
  if (delta > 0) return GLYPH.more;
  return delta < 0 ? GLYPH.less : GLYPH.same;
}

/** `▲ +12.3 s`, `▼ -4.00 ms`, `= 0 s`. */
export function changeText(delta: number, unit: string): string {
  return `${glyphOf(delta)} ${signedText(delta, unit)}`;
}

/** How many times as much B is: `× 2.31`; of nothing before, or nothing after, that it is new or gone. */
export function ratioText(a: number, b: number): string {
  if (a === b) return '× 1';
  if (a === 0) return 'new';
  return b === 0 ? 'gone' : `× ${formatNumber(Number((b / a).toPrecision(3)))}`;
}

/** `slower`, `faster`, or for weights `more`, `less`. */
export function directionWord(delta: number, unit: string): string {
  if (delta === 0) return 'the same';
  if (unit === 'ns' || unit === 'nanoseconds') return delta > 0 ? 'slower' : 'faster';
  return delta > 0 ? 'more' : 'less';
}

/** The whole difference in a sentence: `B is slower: +12.3 s (4.10 s → 16.4 s, × 4)`. */
export function headlineText(totalA: number, totalB: number, unit: string): string {
  const delta = totalB - totalA;
  const amounts = `${amountText(totalA, unit)} → ${amountText(totalB, unit)}`;
  if (delta === 0) return `A and B come to the same total: ${amountText(totalA, unit)}`;
  const what = directionWord(delta, unit);
  return `B is ${what}: ${signedText(delta, unit)} (${amounts}, ${ratioText(totalA, totalB)})`;
}

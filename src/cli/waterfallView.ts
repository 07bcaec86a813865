import { amountText, signedText, stepLabel } from '../profiler/diff/amountText.ts';
import type { Waterfall } from '../profiler/diff/waterfall.ts';
import { formatNumber } from '../profiler/report/formatNumber.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import { countText } from './countText.ts';
import { padToWidth, truncateToWidth } from './displayWidth.ts';
import type { Palette } from './palette.ts';

const BAR_COLUMNS = 32;
const LABEL_COLUMNS = 36;
const LEAST_LABEL_COLUMNS = 12;
const DEFAULT_COLUMNS = 100;
const NEXT_TO_LABEL = 34;

/** The way from one total to the other: every bar begins where the one above it ends. */
export function renderWaterfall(
  { totalA, totalB, steps }: Waterfall,
  unit: string,
  top: number,
  columns: number | undefined,
  palette: Palette,
): string {
  const changed = steps.filter(({ delta }) => delta !== 0);
  const shown = changed.slice(0, top);
  const rest = changed.slice(top).reduce((sum, { delta }) => sum + delta, 0);
  const rows = [
    ...shown.map((step) => ({ label: stepLabel(step), delta: step.delta })),
    ...(changed.length > top
      ? [{ label: countText(changed.length - top, 'other'), delta: rest }]
      : []),
  ];
  const levels = [totalA];
  for (const { delta } of rows) levels.push((levels.at(-1) ?? 0) + delta);
  const low = Math.min(...levels, totalB);
  const high = Math.max(...levels, totalB);
  // Where little changed of much, the bars begin close below the lowest level, not at nothing.
  const from = Math.max(0, low - (high - low) * 0.15);
  const scale = (BAR_COLUMNS - 1) / Math.max(high - from, Number.MIN_VALUE);
  const at = (level: number): number => Math.round((level - from) * scale);
  const labelColumns = Math.max(
    LEAST_LABEL_COLUMNS,
    Math.min(LABEL_COLUMNS, (columns ?? DEFAULT_COLUMNS) - BAR_COLUMNS - NEXT_TO_LABEL),
  );
  const line = (label: string, bar: string, amount: string, more: string): string => {
    const text = truncateToWidth(singleLine(label), labelColumns);
    return `${padToWidth(text, labelColumns, 'left')} ${bar} ${amount.padStart(14)}  ${more}`.trimEnd();
  };
  const bar = (one: number, other: number, paint: (text: string) => string): string => {
    const begin = Math.min(at(one), at(other));
    const length = Math.max(1, Math.abs(at(one) - at(other)));
    return ' '.repeat(begin) + paint('█'.repeat(length)) + ' '.repeat(BAR_COLUMNS - begin - length);
  };
  const total = totalB - totalA;
  const share = (delta: number): string =>
    total === 0 ? '' : `${formatNumber(Number(((100 * delta) / total).toFixed(1)))} %`;
  const lines = [line('A', bar(from, totalA, palette.dim), amountText(totalA, unit), '')];
  rows.forEach(({ label, delta }, i) => {
    const paint = delta > 0 ? palette.red : palette.green;
    const painted = bar(levels[i] ?? 0, levels[i + 1] ?? 0, paint);
    lines.push(line(label, painted, signedText(delta, unit), share(delta)));
  });
  lines.push(line('B', bar(from, totalB, palette.dim), amountText(totalB, unit), ''));
  return lines.map((text) => `${text}\n`).join('');
}

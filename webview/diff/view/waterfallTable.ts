import { amountText, signedText } from '../../../src/profiler/diff/amountText.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { VirtualTable } from '../../shared/virtualTable.ts';
import { glyphOf } from '../model/changeWords.ts';
import { type WaterfallRow, percentText } from '../model/waterfallRows.ts';

/** The waterfall as a table: all steps, sorted as one likes. */
export function waterfallTable(
  unit: () => string,
  onChoose: (row: WaterfallRow) => void,
): VirtualTable<WaterfallRow> {
  return new VirtualTable<WaterfallRow>({
    label: 'What explains the difference',
    empty: 'No step changed.',
    columns: [
      {
        title: 'Step',
        width: 'minmax(12em, 3fr)',
        cell: ({ label }) => label,
        compare: (x, y) => x.label.localeCompare(y.label),
      },
      {
        title: 'Change',
        width: 'minmax(8em, 1fr)',
        numeric: true,
        cell: ({ delta }) => `${glyphOf(delta)} ${signedText(delta, unit())}`,
        compare: (x, y) => x.delta - y.delta,
      },
      {
        title: 'Of the difference',
        width: 'minmax(8em, 1fr)',
        numeric: true,
        cell: ({ share }) => (share === null ? '' : percentText(share)),
        compare: (x, y) => (x.share ?? 0) - (y.share ?? 0),
      },
      {
        title: 'A',
        width: 'minmax(6em, 1fr)',
        numeric: true,
        cell: ({ a }) => amountText(a, unit()),
        compare: (x, y) => x.a - y.a,
      },
      {
        title: 'B',
        width: 'minmax(6em, 1fr)',
        numeric: true,
        cell: ({ b }) => amountText(b, unit()),
        compare: (x, y) => x.b - y.b,
      },
      {
        title: 'Spans',
        width: 'minmax(7em, 1fr)',
        numeric: true,
        cell: ({ countA, countB }) => `${formatNumber(countA)} → ${formatNumber(countB)}`,
        compare: (x, y) => x.countB - y.countB,
      },
    ],
    onActivate: onChoose,
  });
}

import { amountText, signedText } from '../../../src/profiler/diff/amountText.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import type { LoneSpansView, PairChangeView } from '../../../src/protocol/runMessages.ts';
import { drawableText } from '../../flame/model/drawableText.ts';
import { type VirtualColumn, VirtualTable } from '../../shared/virtualTable.ts';
import { glyphOf } from '../model/changeWords.ts';
import { type CounterTexts, counterTexts } from '../model/counterTexts.ts';
import type { DiffResult, Side } from '../model/diffResult.ts';

type Named = Pick<PairChangeView & LoneSpansView, 'name' | 'parent'>;

/** Spans of one name that a side alone has, with the side. */
export interface LoneRow extends LoneSpansView {
  readonly side: Side;
}

/** What tells one row of spans from another, in either table. */
const NAME_COLUMNS: readonly VirtualColumn<Named>[] = [
  {
    title: 'Span',
    width: 'minmax(12em, 2fr)',
    cell: ({ name }) => drawableText(name),
    compare: (x, y) => x.name.localeCompare(y.name),
  },
  {
    title: 'Under',
    width: 'minmax(8em, 1fr)',
    cell: ({ parent }) => drawableText(parent ?? ''),
    compare: (x, y) => (x.parent ?? '').localeCompare(y.parent ?? ''),
  },
];

/** The pairs whose own part changed most. */
export function changesTable(
  unit: () => string,
  onChoose: (pair: PairChangeView) => void,
): VirtualTable<PairChangeView> {
  const change = (delta: number): string => `${glyphOf(delta)} ${signedText(delta, unit())}`;
  return new VirtualTable<PairChangeView>({
    label: 'Pairs of spans that changed most',
    empty: 'No pair of spans changed.',
    columns: [
      ...NAME_COLUMNS,
      {
        title: 'Itself',
        width: 'minmax(8em, 1fr)',
        numeric: true,
        cell: ({ selfDelta }) => change(selfDelta),
        compare: (x, y) => x.selfDelta - y.selfDelta,
      },
      {
        title: 'With all under it',
        width: 'minmax(8em, 1fr)',
        numeric: true,
        cell: ({ totalDelta }) => change(totalDelta),
        compare: (x, y) => x.totalDelta - y.totalDelta,
      },
    ],
    sortedBy: null,
    onSelect: onChoose,
  });
}

/** What one of the runs alone has. */
export function loneTable(
  unit: () => string,
  onChoose: (row: LoneRow) => void,
): VirtualTable<LoneRow> {
  return new VirtualTable<LoneRow>({
    label: 'Spans that one of the runs alone has',
    empty: 'Every span of either run has its partner in the other.',
    columns: [
      {
        title: 'Only in',
        width: '5em',
        cell: ({ side }) => side.toUpperCase(),
        compare: (x, y) => x.side.localeCompare(y.side),
      },
      ...NAME_COLUMNS,
      {
        title: 'Count',
        width: '6em',
        numeric: true,
        cell: ({ count }) => formatNumber(count),
        compare: (x, y) => x.count - y.count,
      },
      {
        title: 'Total',
        width: 'minmax(7em, 1fr)',
        numeric: true,
        cell: ({ amount }) => amountText(amount, unit()),
        compare: (x, y) => x.amount - y.amount,
      },
    ],
    sortedBy: 4,
    onSelect: onChoose,
  });
}

/** Exact figures that differ, in the order of the worker: repeated loads first. */
export function countersTable(): VirtualTable<CounterTexts> {
  return new VirtualTable<CounterTexts>({
    label: 'Exact figures that differ',
    empty: 'Both runs counted the same.',
    columns: [
      { title: 'Counter', width: 'minmax(14em, 3fr)', cell: ({ title }) => drawableText(title) },
      { title: 'Stage', width: 'minmax(6em, 1fr)', cell: ({ stage }) => drawableText(stage) },
      { title: 'A', width: 'minmax(5em, 1fr)', numeric: true, cell: ({ a }) => a },
      { title: 'B', width: 'minmax(5em, 1fr)', numeric: true, cell: ({ b }) => b },
      { title: 'Change', width: 'minmax(5em, 1fr)', numeric: true, cell: ({ change }) => change },
    ],
  });
}

/** The counters of a diff as texts. */
export function counterRows({ counters }: DiffResult): CounterTexts[] {
  return counters.map(counterTexts);
}

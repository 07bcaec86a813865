import type { NameTotal } from '../../../src/protocol/chart.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { formatExtent } from '../../shared/amounts.ts';
import { VirtualTable, type VirtualTableOptions } from '../../shared/virtualTable.ts';

const SELF_COLUMN = 1;

/** A table of names with what their spans come to, the largest self time first. */
export function totalsTable(
  weightsUnit: () => string | null,
  options: Pick<VirtualTableOptions<NameTotal>, 'label' | 'empty' | 'onSelect' | 'onActivate'>,
): VirtualTable<NameTotal> {
  const amount = (value: number): string => formatExtent(value, weightsUnit());
  const number = (of: (row: NameTotal) => number): ((a: NameTotal, b: NameTotal) => number) => {
    return (a, b) => of(a) - of(b);
  };
  return new VirtualTable<NameTotal>({
    ...options,
    sortedBy: SELF_COLUMN,
    columns: [
      {
        title: 'Name',
        width: 'minmax(120px, 3fr)',
        cell: ({ name }) => name || '(no name)',
        compare: (a, b) => a.name.localeCompare(b.name),
      },
      {
        title: 'Self',
        width: '72px',
        numeric: true,
        cell: ({ self }) => amount(self),
        compare: number(({ self }) => self),
      },
      {
        title: 'Total',
        width: '72px',
        numeric: true,
        cell: ({ total }) => amount(total),
        compare: number(({ total }) => total),
      },
      {
        title: 'Count',
        width: '52px',
        numeric: true,
        cell: ({ count }) => formatNumber(count),
        compare: number(({ count }) => count),
      },
      {
        title: 'Longest',
        width: '72px',
        numeric: true,
        cell: ({ max }) => amount(max),
        compare: number(({ max }) => max),
      },
      {
        title: 'Errors',
        width: '56px',
        numeric: true,
        cell: ({ errors }) => (errors === 0 ? '' : formatNumber(errors)),
        compare: number(({ errors }) => errors),
      },
    ],
  });
}

import { singleLine } from '../pipeline/transcript/singleLine.ts';
import { displayWidth, padToWidth, truncateToWidth } from './displayWidth.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Of our own making, before the cell: kept as it is, spaces included. */
  readonly prefix?: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** May be shortened where the terminal is too narrow. */
  readonly flexible?: boolean;
}

const GAP = '  ';
const LEAST_FLEXIBLE = 12;

/** A table in aligned columns; on a terminal no wider than that, elsewhere as wide as its cells. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  maxWidth: number | undefined,
): string {
  const cells = rows.map((row) =>
    columns.map((column) => (column.prefix?.(row) ?? '') + singleLine(column.cell(row))),
  );
  const widths = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  );
  const flexible = columns.findIndex((column) => column.flexible === true);
  if (maxWidth !== undefined && flexible >= 0) {
    const total = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
    const left = (widths[flexible] ?? 0) - Math.max(0, total - maxWidth);
    widths[flexible] = Math.max(Math.min(LEAST_FLEXIBLE, widths[flexible] ?? 0), left);
  }
  const line = (texts: readonly string[]) =>
    columns
      .map(({ align = 'left' }, index) => {
        const width = widths[index] ?? 0;
        return padToWidth(truncateToWidth(texts[index] ?? '', width), width, align);
      })
      .join(GAP)
      .trimEnd();
  return [columns.map(({ title }) => title), ...cells].map((row) => `${line(row)}\n`).join('');
}

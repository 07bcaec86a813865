/** A column of a Markdown table: its heading and where its cells stand. */
export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Control characters, line breaks, and marks that turn the direction of writing. */
export const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** A text as one Markdown cell: no line breaks, bars and angle brackets that mean nothing to Markdown. */
export function escapeCell(text: string): string {
  return text.replace(UNPRINTABLE, ' ').replace(/[\\|`*_[\]<>]/gu, '\\$&');
}

/** A text as a Markdown code span that nothing in it can end, on one line. */
export function codeSpan(text: string): string {
  const plain = text.replace(UNPRINTABLE, ' ');
  const longest = Math.max(0, ...Array.from(plain.matchAll(/`+/gu), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') || plain === '' ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

function widthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}

/** A Markdown table whose columns also stand under one another where it is read as plain text. Cells must be escaped. */
export function markdownTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map(({ title }, i) =>
    rows.reduce(
      (width, row) => Math.max(width, widthOf(row[i] ?? '')),
      Math.max(3, widthOf(title)),
    ),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const padded = (cells: readonly string[]): string =>
    line(columns.map(({ align }, i) => pad(cells[i] ?? '', widths[i] ?? 3, align)));
  const rule = columns.map(({ align }, i) => {
    const dashes = '-'.repeat((widths[i] ?? 3) - 1);
    return align === 'left' ? `-${dashes}` : `${dashes}:`;
  });
  return [padded(columns.map(({ title }) => title)), line(rule), ...rows.map(padded)].join('\n');
}

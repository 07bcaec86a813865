/** Columns of text, the first to the left, the others to the right, as Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, c) =>
    Math.max(title.length, 3, ...rows.map((row) => (row[c] ?? '').length)),
  );
  const cell = (text: string, c: number) =>
    c === 0 ? text.padEnd(widths[c] ?? 0) : text.padStart(widths[c] ?? 0);
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = widths.map((width, c) =>
    c === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** A number with so many decimals, or a dash where there is none. */
export function fixed(value: number | null | undefined, decimals = 2): string {
  return value === null || value === undefined ? '–' : value.toFixed(decimals);
}

export function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(2)} %`;
}

export function megabytes(bytes: number | null): string {
  return bytes === null ? '–' : `${(bytes / 1e6).toFixed(0)} MB`;
}

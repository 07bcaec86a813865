/** What a terminal shows after some output: as much of one as the progress bars make use of. */
export function screenAfter(output: string, columns: number): string[] {
  const lines: string[][] = [[]];
  let row = 0;
  let column = 0;
  let wraps = true;
  const line = () => (lines[row] ??= []);
  for (const [token] of output.matchAll(/\u001b\[\??[\d;]*[A-Za-z]|\u001b.|[^]/gu)) {
    const [, digits = '', command] = /^\u001b\[(\??[\d;]*)([A-Za-z])$/.exec(token) ?? [];
    const count = Number(digits || 1);
    if (command === 'A') row = Math.max(0, row - count);
    else if (command === 'B') row += count;
    else if (command === 'G') column = count - 1;
    else if (command === 'J') {
      line().splice(column);
      lines.splice(row + 1);
    } else if (command === 'K') {
      if (digits === '2') lines[row] = [];
      else line().splice(column);
    } else if (digits === '?7') wraps = command === 'h';
    else if (token === '\n') row += 1;
    else if (token === '\r') column = 0;
    else if (!token.startsWith('\u001b')) {
      if (column >= columns) {
        if (!wraps) throw new Error(`wider than the terminal: ${line().join('')}`);
        row += 1;
        column = 0;
      }
      for (let gap = line().length; gap < column; gap += 1) line()[gap] = ' ';
      line()[column] = token;
      column += 1;
    }
  }
  return Array.from(lines, (each: string[] | undefined) => (each ?? []).join('').trimEnd());
}

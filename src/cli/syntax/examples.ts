/** The examples at the end of a help text: command and what it is for. */
export function examples(...lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const texts = lines.map(([command, what]) =>
    `  earshot ${command.padEnd(width)}  ${what}`.trimEnd(),
  );
  return `\nExamples:\n${texts.join('\n')}`;
}

const MOST_CHARACTERS = 500;

/** What a line of a source is recognised by when it has moved: its text without the blanks around it. */
export function anchorText(line: string): string {
  return line.trim().slice(0, MOST_CHARACTERS).trimEnd();
}

/** A place in a file as editors count it, from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The place of an offset in a text. */
export function textPosition(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

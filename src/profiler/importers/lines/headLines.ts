import type { InputHead } from '../importer.ts';

/** The first lines of an input that are whole, without their ends; at most `limit`. */
export function headLines(head: InputHead, limit = 200): string[] {
  const lines = head.text.replace(/^\ufeff/u, '').split(/\r?\n/u, limit + 1);
  // The last one may be cut off by the end of the head.
  if (lines.length > limit || !head.complete) lines.pop();
  return lines;
}

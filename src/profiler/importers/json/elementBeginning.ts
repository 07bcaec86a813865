/** How much of an element is looked at for its beginning. */
export const MAX_BEGINNING_BYTES = 256;

const BEGINNING = /^,?(\s*\{\s*"[^"\\]*")/u;

/**
 * How elements of an array begin, told by one of them: the comma, the white space, and the first key up to its quote,
 * `,\n  {"traceId"`. After damage the next occurrence of it is where the next element very likely begins.
 *
 * @param bytes the element from its comma on; the first of an array has none.
 * @returns null for an element that is no object.
 */
export function elementBeginning(bytes: Buffer): Buffer | null {
  const match = BEGINNING.exec(bytes.toString('latin1'));
  return match === null ? null : Buffer.from(`,${match[1] ?? ''}`, 'latin1');
}

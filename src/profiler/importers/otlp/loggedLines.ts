/** With what a request or a resource begins that a logging exporter writes on a line, behind the line's prefix. */
const BEGINNING = Buffer.from('{"resource');
const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * Blanks whatever does not belong to OTLP in a log that has it on lines of its own, behind a prefix: all else becomes
 * white space of the same length, so that byte offsets stay true.
 */
export async function* loggedLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let inside = false;
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const bytes = Buffer.concat([held, piece]);
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline < 0 ? bytes.length : newline;
      if (!inside) {
        const found = bytes.subarray(at, end).indexOf(BEGINNING);
        const prefixEnd = found < 0 ? end : at + found;
        // What may be the first half of a beginning is left for the next piece to complete.
        const keep =
          found < 0 && newline < 0 ? Math.max(at, end - BEGINNING.length + 1) : prefixEnd;
        bytes.fill(SPACE, at, keep);
        inside = found >= 0;
        if (keep < prefixEnd) {
          at = keep;
          break;
        }
      }
      if (newline < 0) {
        at = bytes.length;
        break;
      }
      inside = false;
      at = newline + 1;
    }
    held = Buffer.from(bytes.subarray(at));
    yield bytes.subarray(0, at);
  }
  if (held.length > 0) yield held.fill(SPACE);
}

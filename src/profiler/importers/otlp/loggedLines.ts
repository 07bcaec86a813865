/** With what a request or a resource begins that a logging exporter writes on a line, behind the line's prefix. */
const BEGINNINGS = [
  '{"resource":{',
  '{"resourceSpans":[',
  '{"resourceLogs":[',
  '{"resourceMetrics":[',
].map((text) => Buffer.from(text));
const COMMON = Buffer.from('{"resource');
const LONGEST = Math.max(...BEGINNINGS.map(({ length }) => length));
const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * Blanks whatever does not belong to OTLP in a log that has it on lines of its own, behind a prefix: all else becomes
 * white space of the same length, so that byte offsets stay true.
 */
export async function* loggedLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const filter = new LineFilter();
  for await (const piece of pieces) yield filter.push(piece);
  yield filter.end();
}

class LineFilter {
  #inside = false;
  #held: Buffer = Buffer.alloc(0);

  /** Gives back what can be decided by now. */
  push(piece: Uint8Array): Buffer {
    const bytes = Buffer.concat([this.#held, piece]);
    const decided = this.#filter(bytes, false);
    this.#held = bytes.subarray(decided);
    return bytes.subarray(0, decided);
  }

  end(): Buffer {
    this.#filter(this.#held, true);
    return this.#held;
  }

  #filter(bytes: Buffer, final: boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const lineEnd = newline < 0 ? bytes.length : newline;
      if (!this.#inside) {
        const decided = this.#blankPrefix(bytes, at, lineEnd, final || newline >= 0);
        if (decided < lineEnd && !this.#isInside()) return decided;
      }
      if (newline < 0) return bytes.length;
      this.#inside = false;
      at = newline + 1;
    }
    return at;
  }

  #isInside(): boolean {
    return this.#inside;
  }

  /** Blanks up to where OTLP begins, or up to where it might, or to the end of the line. Gives where that is. */
  #blankPrefix(bytes: Buffer, from: number, lineEnd: number, whole: boolean): number {
    const line = bytes.subarray(0, lineEnd);
    for (
      let found = line.indexOf(COMMON, from);
      found >= 0;
      found = line.indexOf(COMMON, found + 1)
    ) {
      if (BEGINNINGS.some((beginning) => startsWith(line, found, beginning))) {
        this.#inside = true;
        bytes.fill(SPACE, from, found);
        return found;
      }
      if (!whole && lineEnd - found < LONGEST) {
        bytes.fill(SPACE, from, found);
        return found;
      }
    }
    // What may be the first half of a beginning is left for the next piece to complete.
    const decided = whole ? lineEnd : Math.max(from, lineEnd - COMMON.length + 1);
    bytes.fill(SPACE, from, decided);
    return decided;
  }
}

function startsWith(bytes: Buffer, at: number, beginning: Buffer): boolean {
  return bytes.subarray(at, at + beginning.length).equals(beginning);
}

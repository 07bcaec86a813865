const LENGTH_BYTES = 4;

/** Whether an input begins with the length of a message as the collector's file exporter writes it: 4 bytes, big-endian. */
export function isFramed(bytes: Uint8Array): boolean {
  // A request never begins with a zero byte, and one of 16 MB is not written by a collector.
  return bytes.length > LENGTH_BYTES && bytes[0] === 0 && bytes[LENGTH_BYTES] === 0x0a;
}

/** The messages of such an input without their lengths, in pieces as they come. */
export async function* framedMessages(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let left = 0;
  let length = 0;
  let lengthBytes = 0;
  for await (const piece of pieces) {
    let at = 0;
    while (at < piece.length) {
      if (left === 0) {
        length = length * 256 + (piece[at] ?? 0);
        lengthBytes += 1;
        at += 1;
        if (lengthBytes < LENGTH_BYTES) continue;
        left = length;
        length = 0;
        lengthBytes = 0;
        continue;
      }
      const taken = Math.min(left, piece.length - at);
      yield piece.subarray(at, at + taken);
      at += taken;
      left -= taken;
    }
  }
}

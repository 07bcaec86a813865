/** Encodings that a byte-order mark of two bytes tells. */
export type Utf16 = 'utf-16le' | 'utf-16be';

/** Tells UTF-16 by its byte-order mark, as Windows PowerShell writes redirected output. */
export function utf16Of([first, second]: Uint8Array): Utf16 | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 as UTF-8, without the mark; what is none becomes U+FFFD. */
export async function* utf16ToUtf8(
  source: AsyncIterable<Uint8Array>,
  encoding: Utf16,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of source) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/**
 * FNV-1a over 32-bit words (offset basis 2166136261, prime 16777619): a check sum for damage, no cryptography. Any
 * single changed word changes the result.
 *
 * @param words the bytes to check, read as little-endian words.
 */
export function wordHash(words: Uint32Array, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let i = 0; i < words.length; i += 1) {
    hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

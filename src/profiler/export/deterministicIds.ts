const MASK_64 = 0xffff_ffff_ffff_ffffn;

/** FNV-1a, 64 bits (offset basis 14695981039346656037, prime 1099511628211), over UTF-16 code units. */
function hash64(text: string, salt: bigint): bigint {
  let hash = 0xcbf29ce484222325n ^ salt;
  for (let i = 0; i < text.length; i += 1) {
    hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & MASK_64;
  }
  return mix64(hash);
}

/** The finaliser of SplitMix64: a bijection, so different numbers stay different. */
function mix64(value: bigint): bigint {
  let z = value & MASK_64;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
  return z ^ (z >> 31n);
}

function hex16(value: bigint): string {
  return (value === 0n ? 1n : value).toString(16).padStart(16, '0');
}

/** A trace id of 32 hex digits that depends on the run's id alone; never zero. */
export function traceIdOf(runId: string): string {
  return hex16(hash64(runId, 0n)) + hex16(hash64(runId, 1n));
}

/** Gives each span of a run an id of 16 hex digits that depends on the run's id and the span's index alone. */
export function spanIdsOf(runId: string): (span: number) => string {
  const seed = hash64(runId, 2n);
  return (span) => hex16(mix64(seed + BigInt(span)));
}

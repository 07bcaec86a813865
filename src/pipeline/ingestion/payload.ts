/** Vectors one after another as little-endian float32. */
export function fromFloats(vectors: readonly Float32Array[]): Uint8Array {
  return Buffer.concat(
    vectors.map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)),
  );
}

/** Vectors of `dimensions` values from what `fromFloats` made. */
export function toFloats(bytes: Uint8Array, dimensions: number): Float32Array[] {
  const copy = Uint8Array.from(bytes);
  const values = new Float32Array(copy.buffer);
  return Array.from({ length: values.length / dimensions }, (_, i) =>
    values.subarray(i * dimensions, (i + 1) * dimensions),
  );
}

/** A value as JSON bytes. */
export function fromJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

/** What `fromJson` made; only for payloads of our own, whose key tells their shape. */
export function toJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}

import type { PbfReader } from 'pbf';

/** A protobuf message that could not be read to its end. */
export class ProtoError extends Error {
  override readonly name = 'ProtoError';
}

const BYTES = 2;

/**
 * Reads a message's fields between two positions of the reader. pbf checks no length against the end of its bytes, so
 * a hostile one would make it read far beyond them; here every length is checked.
 *
 * @param onField told of each field; `end` is where a length-delimited value ends. It need not consume the value.
 * @throws ProtoError where a field goes beyond the end or is none.
 */
export function eachField(
  pbf: PbfReader,
  end: number,
  onField: (field: number, valueEnd: number) => void,
): void {
  while (pbf.pos < end) {
    const tag = readVarint(pbf, end);
    const field = Math.floor(tag / 8);
    const type = tag & 7;
    if (field === 0 || field > 0x1fffffff) throw new ProtoError('a field has no number');
    if (type === BYTES) {
      const valueEnd = readVarint(pbf, end) + pbf.pos;
      if (valueEnd > end) throw new ProtoError('a field is longer than what holds it');
      onField(field, valueEnd);
      pbf.pos = valueEnd;
      continue;
    }
    const from = pbf.pos;
    onField(field, -1);
    pbf.pos = from;
    if (type === 0) readVarint(pbf, end);
    else if (type === 1) pbf.pos += 8;
    else if (type === 5) pbf.pos += 4;
    else throw new ProtoError(`a field has the unknown wire type ${type}`);
    if (pbf.pos > end) throw new ProtoError('a field is longer than what holds it');
  }
}

/** Reads a varint that ends before a position. */
function readVarint(pbf: PbfReader, end: number): number {
  let value: number;
  try {
    value = pbf.readVarint();
  } catch (error) {
    throw new ProtoError('a number is too long', { cause: error });
  }
  if (pbf.pos > end) throw new ProtoError('a number goes beyond the end');
  return value;
}

/** Reads repeated numbers, packed (`valueEnd` ≥ 0) or a single one, up to `limit` of them. */
export function readNumbers(
  pbf: PbfReader,
  valueEnd: number,
  onNumber: (value: number) => void,
  signed = false,
): void {
  try {
    if (valueEnd < 0) {
      onNumber(pbf.readVarint(signed));
      return;
    }
    while (pbf.pos < valueEnd) onNumber(pbf.readVarint(signed));
  } catch (error) {
    throw new ProtoError('a number is too long', { cause: error });
  }
}

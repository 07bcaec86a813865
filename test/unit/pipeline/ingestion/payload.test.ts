import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromFloats,
  fromJson,
  toFloats,
  toJson,
} from '../../../../src/pipeline/ingestion/payload.ts';

describe('payloads', () => {
  it('give vectors back bit by bit, also from a view into a larger buffer', () => {
    const rows = fc.integer({ min: 1, max: 9 }).chain((size) =>
      fc.array(fc.array(fc.float(), { minLength: size, maxLength: size }), {
        minLength: 1,
        maxLength: 6,
      }),
    );
    fc.assert(
      fc.property(rows, fc.nat(7), (values, offset) => {
        const size = values[0]!.length;
        const bytes = fromFloats(values.map((row) => Float32Array.from(row)));
        expect(bytes.byteLength).toBe(values.length * size * 4);
        // What a database gives is often a part of a larger, unaligned buffer.
        const larger = Buffer.alloc(bytes.byteLength + 16);
        larger.set(bytes, offset);
        const view = larger.subarray(offset, offset + bytes.byteLength);
        expect(toFloats(view, size).map((row) => [...row])).toEqual(values);
      }),
    );
  });

  it('are little-endian, one vector after another', () => {
    const bytes = fromFloats([Float32Array.of(1), Float32Array.of(-2)]);
    expect([...bytes]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
    expect(toFloats(fromFloats([]), 256)).toEqual([]);
  });

  it('give JSON back, also from a view', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const expected: unknown = JSON.parse(JSON.stringify(value));
        const bytes = fromJson(value);
        const larger = Buffer.concat([Buffer.from('xxx'), bytes, Buffer.from('yyy')]);
        expect(toJson(larger.subarray(3, 3 + bytes.byteLength))).toEqual(expected);
      }),
    );
  });
});

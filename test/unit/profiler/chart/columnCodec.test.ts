import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePiece, encodePiece } from '../../../../src/profiler/chart/chartColumns.ts';

const row = fc.record({
  start: fc.double({ noNaN: true }),
  duration: fc.double({ noNaN: true }),
  span: fc.nat(0xffffffff),
  name: fc.nat(0xffffffff),
  row: fc.nat(0xffffffff),
  flags: fc.nat(255),
});

describe('columns of a chart', () => {
  it('come back as they went, also from an unaligned place', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.nat(7), (rows, shift) => {
        const columns = {
          start: Float64Array.from(rows, (each) => each.start),
          duration: Float64Array.from(rows, (each) => each.duration),
          span: Uint32Array.from(rows, (each) => each.span),
          name: Uint32Array.from(rows, (each) => each.name),
          row: Uint32Array.from(rows, (each) => each.row),
          flags: Uint8Array.from(rows, (each) => each.flags),
        };
        const bytes = encodePiece(columns);
        const moved = new Uint8Array(bytes.length + shift);
        moved.set(bytes, shift);
        expect(decodePiece(moved.subarray(shift))).toEqual(columns);
      }),
    );
  });

  it('are refused when they are cut, longer, or something else', () => {
    const bytes = encodePiece({
      start: new Float64Array(3),
      duration: new Float64Array(3),
      span: new Uint32Array(3),
      name: new Uint32Array(3),
      row: new Uint32Array(3),
      flags: new Uint8Array(3),
    });
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    for (const bad of [bytes.subarray(0, -1), longer, new Uint8Array(3), new Uint8Array(64)]) {
      expect(() => decodePiece(bad)).toThrow(
        expect.objectContaining({ code: 'chart.bad-columns' }),
      );
    }
  });
});

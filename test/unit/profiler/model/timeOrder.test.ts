import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdTable } from '../../../../src/profiler/model/idTable.ts';
import { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import { encodeRun } from '../../../../src/profiler/model/runCodec.ts';
import { orderByNumbers, timeOrder } from '../../../../src/profiler/model/timeOrder.ts';

const number = fc.oneof(
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, 5e-324, 1e24),
);

describe('the order of numbers', () => {
  it('is what a comparing sort gives, equal ones as they stand', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 50 }), (numbers) => {
        const expected = [...numbers.keys()].sort(
          (a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b,
        );
        expect([...orderByNumbers(Float64Array.from(numbers))]).toEqual(expected);
      }),
    );
  });
});

describe('the order of spans', () => {
  it('is the same for many as for few: by start, then longest first, then as they stand', () => {
    const count = 10_000;
    const startNs = Float64Array.from({ length: count }, (_, i) => (i * 7919) % 1000);
    const durationNs = Float64Array.from({ length: count }, (_, i) => (i * 104_729) % 7);
    const parent = new Int32Array(count).fill(-1);
    const expected = [...startNs.keys()].sort(
      (a, b) =>
        (startNs[a] ?? 0) - (startNs[b] ?? 0) ||
        (durationNs[b] ?? 0) - (durationNs[a] ?? 0) ||
        a - b,
    );
    expect(Array.from(timeOrder({ startNs, durationNs }, parent) ?? [])).toEqual(expected);
  });

  it('is nothing to do where they are in order', () => {
    const times = { startNs: Float64Array.of(0, 0, 5), durationNs: Float64Array.of(9, 3, 3) };
    expect(timeOrder(times, new Int32Array(3).fill(-1))).toBeNull();
  });
});

describe('a table of ids', () => {
  it('finds the first span of each id, and tells how many ids are not the first', () => {
    const ids = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 40 });
    fc.assert(
      fc.property(ids, (pairs) => {
        const table = new IdTable(pairs.length);
        const real = pairs.filter(([high, low]) => high !== 0 || low !== 0);
        const distinct = new Set(real.map(([high, low]) => high * 10 + low)).size;
        const high = Uint32Array.from(pairs, ([each]) => each);
        const low = Uint32Array.from(pairs, ([, each]) => each);
        expect(table.fill(high, low)).toBe(real.length - distinct);
        for (const pair of real) {
          const first = pairs.findIndex(([a, b]) => a === pair[0] && b === pair[1]);
          expect(table.find(...pair)).toBe(first);
        }
        expect(table.find(9, 9)).toBe(-1);
      }),
    );
  });
});

describe('a builder that is finished for the last time', () => {
  it('gives the same run', () => {
    const builder = new RunBuilder({
      id: 'run',
      name: 'run',
      kind: 'trace',
      epochNs: 0n,
      provenance: { client: 'test', version: '1', format: 'test' },
    });
    const track = builder.track('main', 'thread');
    for (let i = 0; i < 300; i += 1) {
      const startNs = ((i * 7919) % 100) * 10 - 500;
      builder.addSpan({
        name: `span ${i % 7}`,
        startNs,
        durationNs: (i % 5) * 3,
        track,
        id: BigInt(i + 1),
        ...(i % 3 === 0 ? {} : { parentId: BigInt(((i * 31) % 300) + 1) }),
        attributes: { i, text: `t${i % 4}` },
      });
    }
    builder.openSpan({ name: 'open', startNs: 3, track });
    const end = { status: 'done', openEndNs: 2000 } as const;
    const before = encodeRun(builder.finish(end));
    expect(Buffer.from(encodeRun(builder.finish({ ...end, last: true }))).equals(before)).toBe(
      true,
    );
  });
});

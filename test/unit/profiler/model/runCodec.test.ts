import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfilerError } from '../../../../src/profiler/model/profilerError.ts';
import { decodeRun, encodeRun } from '../../../../src/profiler/model/runCodec.ts';
import { wordHash } from '../../../../src/profiler/model/wordHash.ts';
import { buildRun, newBuilder, runArbitrary } from '../runFixture.ts';

function sampleBytes(): Uint8Array<ArrayBuffer> {
  const builder = newBuilder();
  const track = builder.track('main', 'process');
  const root = builder.addSpan({ name: 'root', startNs: 0, durationNs: 10, track, parent: null });
  builder.addSpan({
    name: 'child',
    startNs: 1,
    durationNs: 2,
    track,
    parent: root,
    attributes: { a: 'b' },
  });
  builder.addSample('memory', 'By', track, 3, 4);
  return encodeRun(builder.finish({ status: 'done' }));
}

/** Makes the check sum of changed bytes right again. */
function seal(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const hash = wordHash(new Uint32Array(bytes.buffer, 32));
  new DataView(bytes.buffer).setUint32(12, hash, true);
  return bytes;
}

describe('the stored form of a run', () => {
  it('gives back the same run', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        expect(decodeRun(encodeRun(run))).toEqual(run);
      }),
    );
  });

  it('gives the same bytes for the same run', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        const bytes = encodeRun(run);
        expect(encodeRun(decodeRun(bytes))).toEqual(bytes);
      }),
    );
  });

  it('reads from a place in memory that is not aligned', () => {
    const bytes = sampleBytes();
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeRun(shifted.subarray(3))).toEqual(decodeRun(bytes));
  });

  it('refuses every truncated file', () => {
    const bytes = sampleBytes();
    for (let length = 0; length < bytes.length; length += 1) {
      const code = length < 8 ? 'codec.not-a-run' : 'codec.truncated';
      const read = () => decodeRun(bytes.slice(0, length));
      expect(read).toThrow(expect.objectContaining({ code }));
    }
  });

  it('refuses every file with a damaged byte', () => {
    const bytes = sampleBytes();
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      expect(() => decodeRun(damaged)).toThrow(ProfilerError);
    }
  });

  it('either reads or refuses files with damage and a right check sum', () => {
    const bytes = sampleBytes();
    fc.assert(
      fc.property(
        fc.integer({ min: 32, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        (at, byte) => {
          const damaged = bytes.slice();
          damaged[at] = byte;
          try {
            decodeRun(seal(damaged));
          } catch (error) {
            expect(error).toMatchObject({ name: 'ProfilerError', code: 'codec.damaged' });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('tells a file from the future apart', () => {
    const bytes = sampleBytes();
    new DataView(bytes.buffer).setUint32(8, 2, true);
    const read = () => decodeRun(bytes);
    expect(read).toThrow(expect.objectContaining({ code: 'codec.newer-version' }));
  });

  it('refuses a run whose spans are their own ancestors', () => {
    const run = buildRun([]);
    const two = <T>(make: new (values: number[]) => T, ...values: number[]): T => new make(values);
    const cyclic = {
      ...run,
      spans: {
        startNs: two(Float64Array, 0, 0),
        durationNs: two(Float64Array, 0, 0),
        selfNs: two(Float64Array, 0, 0),
        nameId: two(Uint32Array, 0, 0),
        trackId: two(Uint32Array, 0, 0),
        sourceId: two(Uint32Array, 0, 0),
        parent: two(Int32Array, 1, 0),
        depth: two(Uint16Array, 0, 0),
        lane: two(Uint16Array, 0, 0),
        status: two(Uint8Array, 0, 0),
      },
    };
    const read = () => decodeRun(encodeRun(cyclic));
    expect(read).toThrow(expect.objectContaining({ code: 'codec.damaged' }));
  });
});

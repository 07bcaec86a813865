import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PcmWriter } from '../../../../src/pipeline/media/pcmWriter.ts';

/** A file that takes only some of the bytes of each write, as a real one may. */
function slowFile(mostBytes: number) {
  const written: Buffer[] = [];
  const write = (buffer: Buffer, offset: number, length: number) => {
    const bytesWritten = Math.min(mostBytes, length);
    written.push(Buffer.from(buffer.subarray(offset, offset + bytesWritten)));
    return Promise.resolve({ bytesWritten, buffer });
  };
  return { handle: { write } as unknown as FileHandle, content: () => Buffer.concat(written) };
}

describe('the PCM writer', () => {
  test('writes and hashes every whole sample in order, however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
        async (chunks, mostBytes) => {
          const file = slowFile(mostBytes);
          const hash = createHash('sha256');
          let seconds = 0;
          const writer = new PcmWriter(
            file.handle,
            hash,
            (samples) => expect(2 * samples).toBeLessThanOrEqual(file.content().length),
            () => (seconds += 0.06),
          );
          for (const chunk of chunks) await writer.write(Buffer.from(chunk));
          await writer.end();
          const all = Buffer.concat(chunks);
          const whole = all.subarray(0, 2 * writer.samples);
          expect(writer.samples).toBe(Math.floor(all.length / 2));
          expect(file.content().subarray(0, whole.length)).toEqual(whole);
        },
      ),
    );
  });

  test('reports at most ten times a second, with the speed against the clock', async () => {
    const seen: [number, number][] = [];
    let seconds = 0;
    const file = slowFile(Number.POSITIVE_INFINITY);
    const report = (samples: number, speed: number) => seen.push([samples, speed]);
    const writer = new PcmWriter(file.handle, createHash('sha256'), report, () => seconds);
    for (let step = 0; step < 100; step += 1) {
      seconds = step / 100;
      await writer.write(Buffer.alloc(32_000));
    }
    seconds = 1;
    await writer.end();
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.length).toBeLessThanOrEqual(12);
    expect(seen.at(-1)).toEqual([1_600_000, 100]);
  });
});

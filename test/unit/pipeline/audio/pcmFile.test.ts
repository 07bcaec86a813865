import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { PcmFile } from '../../../../src/pipeline/audio/pcmFile.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';

const home = temporaryHome();
afterAll(() => home[Symbol.dispose]());

/** A file of these 16-bit samples, and perhaps half of another one. */
function fileOf(samples: readonly number[], rest: readonly number[] = []): string {
  const path = join(home.path, 'audio.pcm');
  writeFileSync(
    path,
    Buffer.concat([Buffer.from(Int16Array.from(samples).buffer), Buffer.from(rest)]),
  );
  return path;
}

describe('PcmFile', () => {
  it('reads any stretch, with silence before the start and past the end', () => {
    const sample = fc.integer({ min: -32768, max: 32767 });
    fc.assert(
      fc.property(
        fc.array(sample, { maxLength: 50 }),
        fc.integer({ min: -60, max: 60 }),
        fc.nat(80),
        (samples, start, count) => {
          const file = new PcmFile(fileOf(samples));
          try {
            expect(file.length).toBe(samples.length);
            const expected = Array.from(
              { length: count },
              (_, i) => (samples[start + i] ?? 0) / 32768,
            );
            expect([...file.read(start, count)]).toEqual(expected);
          } finally {
            file.close();
          }
        },
      ),
    );
  });

  it('does not read half a sample', () => {
    const file = new PcmFile(fileOf([1, -32768], [7]));
    expect(file.length).toBe(2);
    expect([...file.read(0, 4)]).toEqual([1 / 32768, -1, 0, 0]);
    file.close();
  });

  it('sees what a decoder appends', () => {
    const path = fileOf([1]);
    const file = new PcmFile(path);
    expect(file.length).toBe(1);
    appendFileSync(path, Buffer.from(Int16Array.of(16384).buffer));
    expect(file.length).toBe(2);
    expect([...file.read(1, 1)]).toEqual([0.5]);
    file.close();
  });
});

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Samples } from './samples.ts';

/** Sample rate of all decoded audio, in Hz. */
export const SAMPLE_RATE = 16_000;
const BYTES_PER_SAMPLE = 2;

/**
 * The decoded audio of a video on disk: 16 kHz mono signed 16-bit little-endian, read by sample offset.
 *
 * Readers may open it while the decoder still appends; nothing but the asked stretch is ever in memory.
 */
export class PcmFile {
  readonly path: string;
  readonly #descriptor: number;

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, 'r');
  }

  /** Whole samples on disk now. */
  get length(): Samples {
    return Math.floor(fstatSync(this.#descriptor).size / BYTES_PER_SAMPLE);
  }

  /**
   * Samples [start, start + count) as float32 in -1..1; what lies before 0 or past the end of the file is zero.
   */
  read(start: Samples, count: Samples): Float32Array {
    const samples = new Float32Array(count);
    const skipped = Math.max(0, -start);
    if (skipped >= count) return samples;
    const raw = Buffer.alloc((count - skipped) * BYTES_PER_SAMPLE);
    let filled = 0;
    while (filled < raw.length) {
      const position = (start + skipped) * BYTES_PER_SAMPLE + filled;
      const got = readSync(this.#descriptor, raw, filled, raw.length - filled, position);
      if (got === 0) break;
      filled += got;
    }
    const whole = Math.floor(filled / BYTES_PER_SAMPLE);
    const integers = new Int16Array(raw.buffer, raw.byteOffset, whole);
    for (let i = 0; i < whole; i++) samples[skipped + i] = (integers[i] as number) / 32768;
    return samples;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

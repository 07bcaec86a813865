import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';

const BYTES_PER_SAMPLE = 2;
/** 8 s of audio: fewer, larger writes than the 64 KiB that a pipe delivers at a time. */
const FLUSH_BYTES = BYTES_PER_SAMPLE * SAMPLE_RATE * 8;
const REPORT_INTERVAL_SECONDS = 0.1;

/** Appends s16le samples to a file, hashes them, and tells at most ten times a second how many. */
export class PcmWriter {
  readonly #handle: FileHandle;
  readonly #hash: Hash;
  readonly #report: (doneSamples: number, speed: number) => void;
  readonly #nowSeconds: () => number;
  readonly #startSeconds: number;
  #reportedSeconds = Number.NEGATIVE_INFINITY;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #writtenBytes = 0;

  constructor(
    handle: FileHandle,
    hash: Hash,
    report: (doneSamples: number, speed: number) => void,
    nowSeconds: () => number = () => performance.now() / 1000,
  ) {
    this.#handle = handle;
    this.#hash = hash;
    this.#report = report;
    this.#nowSeconds = nowSeconds;
    this.#startSeconds = nowSeconds();
  }

  /** Whole samples written to the file so far. */
  get samples(): number {
    return Math.floor(this.#writtenBytes / BYTES_PER_SAMPLE);
  }

  async write(chunk: Buffer): Promise<void> {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes >= FLUSH_BYTES) await this.#flush(this.#pendingBytes);
    const now = this.#nowSeconds();
    if (now - this.#reportedSeconds < REPORT_INTERVAL_SECONDS) return;
    // What waits in memory goes out with every report, so that readers never fall far behind.
    await this.#flush(this.#pendingBytes);
    this.#tell(now);
  }

  /** Writes what is left; half a sample at the end (a killed decoder) is dropped. */
  async end(): Promise<void> {
    const odd = (this.#writtenBytes + this.#pendingBytes) % BYTES_PER_SAMPLE;
    await this.#flush(this.#pendingBytes - odd);
    this.#tell(this.#nowSeconds());
  }

  async #flush(bytes: number): Promise<void> {
    if (bytes <= 0) return;
    const block = Buffer.concat(this.#pending).subarray(0, bytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    let offset = 0;
    while (offset < block.length) {
      const { bytesWritten } = await this.#handle.write(block, offset, block.length - offset);
      offset += bytesWritten;
    }
    this.#hash.update(block);
    this.#writtenBytes += block.length;
  }

  #tell(nowSeconds: number): void {
    this.#reportedSeconds = nowSeconds;
    const elapsed = nowSeconds - this.#startSeconds;
    const speed = elapsed > 0 ? this.samples / SAMPLE_RATE / elapsed : 0;
    this.#report(this.samples, speed);
  }
}

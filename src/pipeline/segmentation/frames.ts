import type { Seconds } from '../../profiler/model/units.ts';
import { CLASSES, FRAMES_PER_WINDOW, frameSeconds, HOP_SECONDS, keptFrames } from './windows.ts';

/**
 * The kept frames of all windows on one time axis, about 59 a second.
 *
 * Windows are appended in order as they come; what a later window adds never changes an earlier frame.
 */
export class FrameAxis {
  #capacity = 8192;
  #seconds = new Float64Array(this.#capacity);
  #speech = new Float32Array(this.#capacity);
  #length = 0;
  #windows = 0;

  /** Number of frames. */
  get length(): number {
    return this.#length;
  }
  get windows(): number {
    return this.#windows;
  }
  /** Centres of the frames, ascending, in seconds. */
  get seconds(): Float64Array {
    return this.#seconds.subarray(0, this.#length);
  }
  /** Probability that anyone speaks, 0..1. */
  get speech(): Float32Array {
    return this.#speech.subarray(0, this.#length);
  }

  /**
   * @param bytes class probabilities of the next window, [589, 7]
   * @param last whether the audio ends in this window: its outer edge is kept then
   * @param end seconds at which the audio ends; later frames are left out
   */
  append(bytes: Uint8Array, last: boolean, end: Seconds): void {
    const window = this.#windows++;
    const kept = keptFrames(window, last ? window + 1 : window + 2);
    for (let frame = kept.first; frame < kept.end; frame++) {
      const time = window * HOP_SECONDS + frameSeconds(frame);
      if (time >= end) break;
      this.#push(time, 1 - (bytes[frame * CLASSES] as number) / 255);
    }
  }

  /** First frame at or after a time. */
  frameAt(time: Seconds): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#seconds[middle] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #push(time: Seconds, speech: number): void {
    if (this.#length === this.#capacity) {
      this.#capacity *= 2;
      const seconds = new Float64Array(this.#capacity);
      const speeches = new Float32Array(this.#capacity);
      seconds.set(this.#seconds);
      speeches.set(this.#speech);
      this.#seconds = seconds;
      this.#speech = speeches;
    }
    const at = this.#length++;
    this.#seconds[at] = time;
    this.#speech[at] = speech;
  }
}

/** Bytes of one window within the bytes of several. */
export function windowBytes(bytes: Uint8Array, window: number): Uint8Array {
  const size = FRAMES_PER_WINDOW * CLASSES;
  return bytes.subarray(window * size, (window + 1) * size);
}

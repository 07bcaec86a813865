import type { Seconds } from '../../profiler/model/units.ts';
import { activeMask, linkToPrevious } from './localSpeakers.ts';
import {
  CLASSES,
  FRAMES_PER_WINDOW,
  frameSeconds,
  HOP_SECONDS,
  keptFrames,
  LOCAL_SPEAKERS,
} from './windows.ts';

/**
 * The kept frames of all windows on one time axis, about 59 a second, with local speakers linked into **tracks** that
 * go on from window to window as long as somebody speaks in what two windows share.
 *
 * Windows are appended in order as they come; what a later window adds never changes an earlier frame.
 */
export class FrameAxis {
  #capacity = 8192;
  #seconds = new Float64Array(this.#capacity);
  #speech = new Float32Array(this.#capacity);
  #first = new Int32Array(this.#capacity);
  #second = new Int32Array(this.#capacity);
  #length = 0;
  #windows = 0;
  #tracks = 0;
  #trackOf: number[] = [];
  readonly #windowTracks: number[][] = [];
  #previous: Uint8Array | null = null;

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
  /** A track active in the frame, or -1. */
  get first(): Int32Array {
    return this.#first.subarray(0, this.#length);
  }
  /** A second track active in the same frame, or -1. */
  get second(): Int32Array {
    return this.#second.subarray(0, this.#length);
  }
  /** Track of a local speaker (0..2) of a window. */
  track(window: number, local: number): number {
    return this.#windowTracks[window]?.[local] ?? -1;
  }

  /**
   * @param bytes class probabilities of the next window, [589, 7]
   * @param last whether the audio ends in this window: its outer edge is kept then
   * @param end seconds at which the audio ends; later frames are left out
   */
  append(bytes: Uint8Array, last: boolean, end: Seconds): void {
    const window = this.#windows++;
    const links = this.#previous ? linkToPrevious(this.#previous, bytes) : [-1, -1, -1];
    this.#trackOf = links.map((link) =>
      link === -1 ? this.#tracks++ : (this.#trackOf[link] as number),
    );
    this.#windowTracks.push(this.#trackOf);
    this.#previous = bytes;
    const kept = keptFrames(window, last ? window + 1 : window + 2);
    for (let frame = kept.first; frame < kept.end; frame++) {
      const time = window * HOP_SECONDS + frameSeconds(frame);
      if (time >= end) break;
      const mask = activeMask(bytes, frame);
      const active: number[] = [];
      for (let local = 0; local < LOCAL_SPEAKERS; local++) {
        if (mask & (1 << local)) active.push(this.#trackOf[local] as number);
      }
      this.#push(time, 1 - (bytes[frame * CLASSES] as number) / 255, active);
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

  #push(time: Seconds, speech: number, active: readonly number[]): void {
    if (this.#length === this.#capacity) this.#grow();
    const at = this.#length++;
    this.#seconds[at] = time;
    this.#speech[at] = speech;
    this.#first[at] = active[0] ?? -1;
    this.#second[at] = active[1] ?? -1;
  }

  #grow(): void {
    this.#capacity *= 2;
    const larger = <T extends Float64Array | Float32Array | Int32Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#seconds = larger(new Float64Array(this.#capacity), this.#seconds);
    this.#speech = larger(new Float32Array(this.#capacity), this.#speech);
    this.#first = larger(new Int32Array(this.#capacity), this.#first);
    this.#second = larger(new Int32Array(this.#capacity), this.#second);
  }
}

/** Bytes of one window within the bytes of several. */
export function windowBytes(bytes: Uint8Array, window: number): Uint8Array {
  const size = FRAMES_PER_WINDOW * CLASSES;
  return bytes.subarray(window * size, (window + 1) * size);
}

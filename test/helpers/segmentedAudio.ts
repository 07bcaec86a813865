import * as fc from 'fast-check';
import { FrameAxis } from '../../src/pipeline/segmentation/frames.ts';
import {
  CLASS_MASKS,
  CLASSES,
  FRAMES_PER_WINDOW,
  frameSeconds,
  HOP_SECONDS,
  windowCount,
} from '../../src/pipeline/segmentation/windows.ts';
import { evenly } from './numbers.ts';

export const SAMPLE_RATE = 16_000;

/** A stretch of audio in which one class of the segmentation model holds. */
export interface ClassRun {
  /** 0: silence; 1 to 3: one local speaker; 4 to 6: two at once. */
  readonly class: number;
  readonly seconds: number;
}

/** A recording as the segmentation model sees it. */
export interface SegmentedAudio {
  readonly samples: number;
  readonly seconds: number;
  /** Class probabilities of each window, a byte each. */
  readonly windows: readonly Uint8Array[];
}

/** What the segmentation model would say of runs of classes; local speakers are numbered anew in every window. */
export function segmentedAudio(runs: readonly ClassRun[]): SegmentedAudio {
  const samples = Math.round(runs.reduce((sum, run) => sum + run.seconds, 0) * SAMPLE_RATE);
  const seconds = samples / SAMPLE_RATE;
  const ends: number[] = [];
  let end = 0;
  for (const run of runs) ends.push((end += run.seconds));
  const windows = Array.from({ length: windowCount(samples) }, (_, window) => {
    const bytes = new Uint8Array(FRAMES_PER_WINDOW * CLASSES);
    let run = 0;
    for (let frame = 0; frame < FRAMES_PER_WINDOW; frame++) {
      const time = window * HOP_SECONDS + frameSeconds(frame);
      while (run < runs.length && ends[run]! <= time) run++;
      const held = permuted(runs[run]?.class ?? 0, window);
      // Sure to 80 to 100 %, in a pattern that makes neighbouring frames differ.
      const sure = 204 + ((frame * 37 + window * 11) % 52);
      bytes[frame * CLASSES + held] = sure;
      bytes[frame * CLASSES + ((held + 1) % CLASSES)] = 255 - sure;
    }
    return bytes;
  });
  return { samples, seconds, windows };
}

/** The class with its local speakers numbered as this window numbers them: shifted by the window's index. */
function permuted(held: number, window: number): number {
  const mask = CLASS_MASKS[held]!;
  let moved = 0;
  for (let local = 0; local < 3; local++) {
    if (mask & (1 << local)) moved |= 1 << ((local + window) % 3);
  }
  return CLASS_MASKS.indexOf(moved);
}

/** An axis that holds all windows of a recording. */
export function axisOf(audio: SegmentedAudio): FrameAxis {
  const axis = new FrameAxis();
  audio.windows.forEach((bytes, w) => {
    axis.append(bytes, w === audio.windows.length - 1, audio.seconds);
  });
  return axis;
}

/** An axis of one window whose frames have these speech probabilities, a byte each. */
export function axisOfSpeech(speech: readonly number[]): FrameAxis {
  const bytes = new Uint8Array(FRAMES_PER_WINDOW * CLASSES);
  for (let f = 0; f < FRAMES_PER_WINDOW; f++) bytes[f * CLASSES] = 255 - (speech[f] ?? 0);
  const axis = new FrameAxis();
  axis.append(bytes, true, frameSeconds(speech.length) - 0.001);
  return axis;
}

/** Recordings of up to this many stretches of silence, single speakers and overlap. */
export function recordings(options: {
  readonly maxRuns: number;
  readonly longestRun: number;
}): fc.Arbitrary<SegmentedAudio> {
  const run = fc.record({
    class: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4, 5, 6),
    // Half of them short, where pauses and turns are joined or not.
    seconds: fc.oneof(evenly(0.02, 1), evenly(0.02, options.longestRun)),
  });
  return fc.array(run, { minLength: 1, maxLength: options.maxRuns, size: 'max' }).map((runs) => ({
    ...segmentedAudio(runs),
    // A failure shows the runs, not megabytes of windows.
    [fc.toStringMethod]: () => JSON.stringify(runs),
  }));
}

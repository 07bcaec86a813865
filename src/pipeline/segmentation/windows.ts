import type { Seconds } from '../../profiler/model/units.ts';
import type { Samples } from '../audio/samples.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';

/** Geometry of the segmentation model and of the windows laid over the audio (models/README.md, recipe A). */
export const WINDOW_SECONDS = 10;
export const HOP_SECONDS = 8;
/** Half of what neighbouring windows share; a window's frames nearer to its edge than this are not kept. */
export const MARGIN_SECONDS = 1;
export const FRAMES_PER_WINDOW = 589;
export const CLASSES = 7;
export const LOCAL_SPEAKERS = 3;
const FIRST_FRAME_SECONDS = 0.031;
export const FRAME_SECONDS = 0.016875;

/** Local speakers active in each class of the model: silence, 1, 2, 3, 1+2, 1+3, 2+3; as a bit mask. */
export const CLASS_MASKS: readonly number[] = [0, 1, 2, 4, 3, 5, 6];

/** Windows needed to cover this much audio; at least one. */
export function windowCount(samples: Samples): number {
  const rest = samples - WINDOW_SECONDS * SAMPLE_RATE;
  return rest <= 0 ? 1 : 1 + Math.ceil(rest / (HOP_SECONDS * SAMPLE_RATE));
}

/** Centre of a frame in seconds from the start of its window. */
export function frameSeconds(frame: number): Seconds {
  return FIRST_FRAME_SECONDS + FRAME_SECONDS * frame;
}

/** Frames of window `index` of `count` that are kept: the middle 8 s, and the outer edges of the first and last. */
export function keptFrames(index: number, count: number): { first: number; end: number } {
  const first = index === 0 ? 0 : Math.ceil((MARGIN_SECONDS - FIRST_FRAME_SECONDS) / FRAME_SECONDS);
  const end =
    index === count - 1
      ? FRAMES_PER_WINDOW
      : Math.ceil((WINDOW_SECONDS - MARGIN_SECONDS - FIRST_FRAME_SECONDS) / FRAME_SECONDS);
  return { first, end };
}

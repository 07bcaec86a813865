import type { Samples } from './samples.ts';

/** Samples between the steps (80 ms) of the speaker trunk's features. */
export const STEP_SAMPLES = 1280;

/** Steps over a stretch of audio; the last one may reach past its end. */
export function stepCount(samples: Samples): number {
  return Math.max(1, Math.ceil(samples / STEP_SAMPLES));
}

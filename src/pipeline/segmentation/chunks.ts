import type { Seconds } from '../../profiler/model/units.ts';
import type { FrameAxis } from './frames.ts';
import type { FrameRun } from './speech.ts';

/** A chunk is closed between these lengths: long enough to batch clips of equal length, short enough to stream. */
export const CHUNK_MIN_SECONDS = 150;
export const CHUNK_MAX_SECONDS = 200;
/** What must be known after a chunk's end: pieces of later windows reach back less than this. */
const LOOKAHEAD_SECONDS = 3;
const SILENT = 0.5;

/**
 * Finds where the chunk that starts at frame `first` ends: in the middle of the longest pause between its shortest and
 * longest length, or at the least probable speech there.
 *
 * @param complete whether the axis holds all of the audio
 * @returns the end frame, or null while more audio is needed to decide
 */
export function chunkEnd(axis: FrameAxis, first: number, complete: boolean): number | null {
  if (first >= axis.length) return null;
  const start = axis.seconds[first] as Seconds;
  const from = axis.frameAt(start + CHUNK_MIN_SECONDS);
  const to = axis.frameAt(start + CHUNK_MAX_SECONDS);
  const known = axis.frameAt(start + CHUNK_MAX_SECONDS + LOOKAHEAD_SECONDS) < axis.length;
  if (!known && !complete) return null;
  if (to >= axis.length) return axis.length;
  const pause = longestPause(axis, from, to);
  if (pause) return Math.floor((pause.first + pause.end) / 2);
  let best = from;
  for (let f = from; f < to; f++) {
    if ((axis.speech[f] as number) < (axis.speech[best] as number)) best = f;
  }
  return best;
}

function longestPause(axis: FrameAxis, from: number, to: number): FrameRun | null {
  let best: FrameRun | null = null;
  let start = -1;
  for (let f = from; f <= to; f++) {
    const silent = f < to && (axis.speech[f] as number) < SILENT;
    if (silent && start === -1) start = f;
    if (!silent && start !== -1) {
      if (!best || f - start > best.end - best.first) best = { first: start, end: f };
      start = -1;
    }
  }
  return best;
}

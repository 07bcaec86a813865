import type { Seconds } from '../../profiler/model/units.ts';
import type { Samples } from '../audio/samples.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import type { FrameAxis } from './frames.ts';
import type { FrameRun } from './speech.ts';
import { type OwnedRun, ownedRuns, type VoiceFrames } from './turns.ts';
import { FRAME_SECONDS } from './windows.ts';

/** A stretch of one voice that is recognised in one go and becomes one segment, or two. */
export interface Clip {
  /** First and last frame of its speech, [first, end). */
  readonly first: number;
  readonly end: number;
  /** Voice within the chunk; the same number in another chunk is another voice. */
  readonly voice: number;
  /** Its speech without padding. */
  readonly startSeconds: Seconds;
  readonly endSeconds: Seconds;
  /** What is cut for recognition: the speech with padding, in samples of the whole audio. */
  readonly startSample: Samples;
  readonly endSample: Samples;
}

/** The recognition model was measured to 25 s and is meant for short clips; 15 s keeps its attention small. */
export const LONGEST_CLIP_SECONDS = 15;
/** Speech before and after the tight edges that recognition needs to hear whole words. */
const PAD_SECONDS = 0.25;
/** Pauses up to this long stay inside a clip: a clip cut at every breath loses words at its edges. */
const JOIN_SECONDS = 0.7;
/** A clip shorter than this is not cut to be recognised again. */
const SHORTEST_CUT_SECONDS = 2;
/** A run that is too long is cut in its later part, where the clips that follow are not left tiny. */
const EARLIEST_CUT = 0.5;

/** Cuts runs of speech into clips of one voice and at most 15 s, in order of time. */
export function planClips(
  axis: FrameAxis,
  runs: readonly FrameRun[],
  voices: VoiceFrames,
  audioSeconds: Seconds,
): Clip[] {
  const atoms = ownedRuns(voices, runs).flatMap((run) => cutLong(axis, run));
  const joined: OwnedRun[] = [];
  for (const atom of atoms) {
    const last = joined.at(-1);
    if (last && belongs(axis, last, atom)) {
      joined[joined.length - 1] = { ...last, end: atom.end };
    } else joined.push(atom);
  }
  return joined.map((run, i) => clipOf(axis, run, joined[i - 1], joined[i + 1], audioSeconds));
}

function startOf(axis: FrameAxis, frame: number): Seconds {
  return Math.max(0, (axis.seconds[frame] as number) - FRAME_SECONDS / 2);
}

function endOf(axis: FrameAxis, frame: number): Seconds {
  return (axis.seconds[frame - 1] as number) + FRAME_SECONDS / 2;
}

function belongs(axis: FrameAxis, last: OwnedRun, atom: OwnedRun): boolean {
  return (
    last.voice === atom.voice &&
    startOf(axis, atom.first) - endOf(axis, last.end) <= JOIN_SECONDS &&
    endOf(axis, atom.end) - startOf(axis, last.first) <= LONGEST_CLIP_SECONDS - 2 * PAD_SECONDS
  );
}

/** Cuts a run at its least probable speech until every part is short enough. */
function cutLong(axis: FrameAxis, run: OwnedRun): OwnedRun[] {
  const longest = Math.floor((LONGEST_CLIP_SECONDS - 2 * PAD_SECONDS) / FRAME_SECONDS);
  if (run.end - run.first <= longest) return [run];
  const limit = Math.min(run.first + longest, run.end - 1);
  const cut = quietest(axis, { first: run.first + Math.floor(longest * EARLIEST_CUT), end: limit });
  return [{ ...run, end: cut }, ...cutLong(axis, { ...run, first: cut })];
}

/** The quietest moment in the middle half of a clip; null where the clip is too short to be cut. */
export function quietestSecond(axis: FrameAxis, clip: Clip): Seconds | null {
  const length = clip.end - clip.first;
  if (length * FRAME_SECONDS < SHORTEST_CUT_SECONDS) return null;
  const quarter = Math.floor(length / 4);
  const run = { first: clip.first + quarter, end: clip.end - quarter };
  return axis.seconds[quietest(axis, run)] as Seconds;
}

/** The middle of the five neighbouring frames with the least speech in all. */
function quietest(axis: FrameAxis, run: FrameRun): number {
  let best = run.end - 1;
  let least = Infinity;
  for (let f = run.first + 2; f < run.end - 2; f++) {
    let sum = 0;
    for (let d = -2; d <= 2; d++) sum += axis.speech[f + d] as number;
    if (sum <= least) {
      least = sum;
      best = f;
    }
  }
  return best;
}

function clipOf(
  axis: FrameAxis,
  run: OwnedRun,
  before: OwnedRun | undefined,
  after: OwnedRun | undefined,
  audioSeconds: Seconds,
): Clip {
  const startSeconds = startOf(axis, run.first);
  const endSeconds = Math.min(audioSeconds, endOf(axis, run.end));
  const gapBefore = before ? startSeconds - endOf(axis, before.end) : 2 * PAD_SECONDS;
  const gapAfter = after ? startOf(axis, after.first) - endSeconds : 2 * PAD_SECONDS;
  const from = startSeconds - Math.min(PAD_SECONDS, Math.max(0, gapBefore / 2));
  const to = endSeconds + Math.min(PAD_SECONDS, Math.max(0, gapAfter / 2));
  return {
    ...run,
    startSeconds,
    endSeconds,
    startSample: Math.max(0, Math.round(from * SAMPLE_RATE)),
    endSample: Math.round(Math.min(audioSeconds, to) * SAMPLE_RATE),
  };
}

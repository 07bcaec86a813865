import type { FrameAxis } from './frames.ts';

/** A run of frames [first, end). */
export interface FrameRun {
  readonly first: number;
  readonly end: number;
}

export interface SpeechSettings {
  /** Speech starts where its probability reaches this … */
  readonly onset: number;
  /** … and ends where it falls below this. */
  readonly offset: number;
  /** Pauses shorter than this are closed, in frames. */
  readonly shortestPause: number;
  /** Speech shorter than this is left out, in frames. */
  readonly shortestSpeech: number;
}

/** Edges as the segmentation model sees them; a frame is 17 ms. */
export const TIGHT_SPEECH: SpeechSettings = {
  onset: 0.5,
  offset: 0.4,
  shortestPause: 12,
  shortestSpeech: 6,
};

/** Runs of speech within frames [first, end), by hysteresis on the speech probability. */
export function speechRuns(
  axis: FrameAxis,
  first: number,
  end: number,
  settings: SpeechSettings = TIGHT_SPEECH,
): FrameRun[] {
  const { speech } = axis;
  const runs: FrameRun[] = [];
  let start = -1;
  for (let f = first; f <= end; f++) {
    const value = f < end ? (speech[f] as number) : 0;
    if (start === -1) {
      if (value >= settings.onset) start = f;
    } else if (value < settings.offset) {
      const last = runs.at(-1);
      if (last && start - last.end < settings.shortestPause) {
        runs[runs.length - 1] = { first: last.first, end: f };
      } else runs.push({ first: start, end: f });
      start = -1;
    }
  }
  return runs.filter((run) => run.end - run.first >= settings.shortestSpeech);
}

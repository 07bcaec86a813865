import type { Seconds } from '../../profiler/model/units.ts';
import { activeMask } from '../segmentation/localSpeakers.ts';
import {
  FRAME_SECONDS,
  frameSeconds,
  FRAMES_PER_WINDOW,
  HOP_SECONDS,
  keptFrames,
  LOCAL_SPEAKERS,
} from '../segmentation/windows.ts';

/** A short run of one local speaker of one window: the unit of clustering (models/README.md, recipe A, steps 2 to 4). */
export interface Piece {
  readonly window: number;
  readonly local: number;
  /** Frames of the window [first, end). */
  readonly first: number;
  readonly end: number;
  /** Speech of this local speaker alone within the piece. */
  readonly cleanSeconds: Seconds;
  /** Frames whose audio makes the embedding: the clean ones, or all active ones where those are too few. */
  readonly maskSeconds: Float64Array;
}

/** Gaps of a local speaker shorter than this are closed. */
const CLOSED_GAP_FRAMES = Math.floor(0.2 / FRAME_SECONDS);
const LONGEST_PIECE_SECONDS = 3;
/** With less clean speech than this the overlapped frames are taken as well. */
const LEAST_CLEAN_SECONDS = 0.4;

/** Pieces of a window in order of local speaker and time; those outside the window's kept frames are left out. */
export function windowPieces(bytes: Uint8Array, window: number, last: boolean): Piece[] {
  const masks = Array.from({ length: FRAMES_PER_WINDOW }, (_, f) => activeMask(bytes, f));
  const kept = keptFrames(window, last ? window + 1 : window + 2);
  const pieces: Piece[] = [];
  for (let local = 0; local < LOCAL_SPEAKERS; local++) {
    for (const run of closedRuns(masks, 1 << local)) {
      for (const [first, end] of equalParts(run.first, run.end)) {
        if (end <= kept.first || first >= kept.end) continue;
        pieces.push(pieceOf(masks, window, local, first, end));
      }
    }
  }
  return pieces;
}

function closedRuns(masks: readonly number[], bit: number): { first: number; end: number }[] {
  const runs: { first: number; end: number }[] = [];
  masks.forEach((mask, f) => {
    if (!(mask & bit)) return;
    const last = runs.at(-1);
    if (last && f - last.end < CLOSED_GAP_FRAMES) last.end = f + 1;
    else runs.push({ first: f, end: f + 1 });
  });
  return runs;
}

function equalParts(first: number, end: number): [number, number][] {
  const parts = Math.ceil(((end - first) * FRAME_SECONDS) / LONGEST_PIECE_SECONDS);
  return Array.from({ length: parts }, (_, i) => [
    Math.round(first + ((end - first) * i) / parts),
    Math.round(first + ((end - first) * (i + 1)) / parts),
  ]);
}

function pieceOf(
  masks: readonly number[],
  window: number,
  local: number,
  first: number,
  end: number,
): Piece {
  const bit = 1 << local;
  const clean: number[] = [];
  const active: number[] = [];
  for (let f = first; f < end; f++) {
    const mask = masks[f] as number;
    if (mask & bit) active.push(f);
    if (mask === bit) clean.push(f);
  }
  const cleanSeconds = clean.length * FRAME_SECONDS;
  const chosen = cleanSeconds >= LEAST_CLEAN_SECONDS ? clean : active;
  return {
    window,
    local,
    first,
    end,
    cleanSeconds,
    maskSeconds: Float64Array.from(chosen, (f) => window * HOP_SECONDS + frameSeconds(f)),
  };
}

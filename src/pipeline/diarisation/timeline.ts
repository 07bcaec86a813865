import type { Seconds } from '../../profiler/model/units.ts';
import { FRAME_SECONDS, frameSeconds, HOP_SECONDS, keptFrames } from '../segmentation/windows.ts';
import type { Piece } from './pieces.ts';

/** A stretch in which a speaker speaks; stretches of two speakers may overlap. */
export interface SpeakerTurn {
  readonly start: Seconds;
  readonly end: Seconds;
  readonly speaker: number;
}

/** Edges nearer than this are joined: the frames of neighbouring windows do not line up exactly. */
const JOIN_SECONDS = 0.05;

/**
 * Who speaks when: the kept frames of every piece under its speaker, touching stretches joined.
 *
 * @param windows number of windows over the audio
 */
export function speakerTurns(
  pieces: readonly Piece[],
  speakerOf: Int32Array,
  windows: number,
  audioSeconds: Seconds,
): SpeakerTurn[] {
  const stretches: SpeakerTurn[] = [];
  pieces.forEach((piece, i) => {
    const kept = keptFrames(piece.window, windows);
    const first = Math.max(piece.first, kept.first);
    const last = Math.min(piece.end, kept.end) - 1;
    if (last < first) return;
    const offset = piece.window * HOP_SECONDS;
    const start = Math.max(0, offset + frameSeconds(first) - FRAME_SECONDS / 2);
    const end = Math.min(audioSeconds, offset + frameSeconds(last) + FRAME_SECONDS / 2);
    if (end > start) stretches.push({ start, end, speaker: speakerOf[i] as number });
  });
  stretches.sort((a, b) => a.speaker - b.speaker || a.start - b.start);
  const joined: SpeakerTurn[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last?.speaker === stretch.speaker && stretch.start - last.end <= JOIN_SECONDS) {
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, stretch.end) };
    } else joined.push(stretch);
  }
  return joined.sort((a, b) => a.start - b.start || a.speaker - b.speaker);
}

/** A speaker's pauses up to this long belong to the turn; scoring tools and readers take them so. */
const TURN_PAUSE_SECONDS = 0.5;

/** Closes a speaker's short pauses. @param turns by start @returns turns by start */
export function closePauses(turns: readonly SpeakerTurn[]): SpeakerTurn[] {
  const last = new Map<number, number>();
  const closed: SpeakerTurn[] = [];
  for (const turn of turns) {
    const at = last.get(turn.speaker);
    const before = at === undefined ? undefined : closed[at];
    if (at !== undefined && before && turn.start - before.end < TURN_PAUSE_SECONDS) {
      closed[at] = { ...before, end: Math.max(before.end, turn.end) };
    } else {
      last.set(turn.speaker, closed.length);
      closed.push(turn);
    }
  }
  return closed;
}

/** Renumbers speakers by first appearance. @returns turns, and the new number of each old one (-1: never speaks). */
export function byFirstAppearance(
  turns: readonly SpeakerTurn[],
  speakers: number,
): { turns: SpeakerTurn[]; renumbered: Int32Array } {
  const renumbered = new Int32Array(speakers).fill(-1);
  let next = 0;
  const renamed = turns.map((turn) => {
    if (renumbered[turn.speaker] === -1) renumbered[turn.speaker] = next++;
    return { ...turn, speaker: renumbered[turn.speaker] as number };
  });
  return { turns: renamed, renumbered };
}

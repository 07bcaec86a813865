import type { FrameAxis } from './frames.ts';
import type { FrameRun } from './speech.ts';

/** A stretch of speech that one voice holds; `voice` is -1 where none is known. */
export interface OwnedRun extends FrameRun {
  readonly voice: number;
}

/** Who speaks in frames [offset, offset + length): one voice, a second one in overlap, -1 for nobody. */
export interface VoiceFrames {
  readonly offset: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** A turn shorter than this (0.6 s) within the speech of another is a backchannel and does not cut it. */
const SHORTEST_TURN_FRAMES = 36;

/** Lays turns over frames [first, end). More than two voices at once cannot be: the model knows two. */
export function voiceFrames(
  axis: FrameAxis,
  first: number,
  end: number,
  turns: readonly { readonly start: number; readonly end: number; readonly speaker: number }[],
): VoiceFrames {
  const one = new Int32Array(end - first).fill(-1);
  const two = new Int32Array(end - first).fill(-1);
  for (const turn of turns) {
    const to = Math.min(end, axis.frameAt(turn.end));
    for (let f = Math.max(first, axis.frameAt(turn.start)); f < to; f++) {
      if (one[f - first] === -1) one[f - first] = turn.speaker;
      else if (one[f - first] !== turn.speaker) two[f - first] = turn.speaker;
    }
  }
  return { offset: first, first: one, second: two };
}

/** Cuts runs of speech where another voice takes over. In overlap the voice that held the floor keeps it. */
export function ownedRuns(voices: VoiceFrames, runs: readonly FrameRun[]): OwnedRun[] {
  return runs.flatMap((run) => mergeShort(rawTurns(voices, run)));
}

function rawTurns(voices: VoiceFrames, run: FrameRun): OwnedRun[] {
  const turns: { first: number; end: number; voice: number }[] = [];
  for (let f = run.first; f < run.end; f++) {
    const last = turns.at(-1);
    const a = voices.first[f - voices.offset] as number;
    const b = voices.second[f - voices.offset] as number;
    const holds = last && (a === -1 || a === last.voice || (b !== -1 && b === last.voice));
    if (holds) last.end = f + 1;
    else if (last?.voice === -1) {
      last.voice = a;
      last.end = f + 1;
    } else turns.push({ first: f, end: f + 1, voice: a });
  }
  return turns;
}

/** Joins turns that are too short to the longer neighbour, then neighbours of the same voice. */
function mergeShort(turns: readonly OwnedRun[]): OwnedRun[] {
  const merged = [...turns];
  for (;;) {
    const short = merged.findIndex(
      (turn) => merged.length > 1 && turn.end - turn.first < SHORTEST_TURN_FRAMES,
    );
    if (short === -1) break;
    const turn = merged[short] as OwnedRun;
    const before = merged[short - 1];
    const after = merged[short + 1];
    const length = (other: OwnedRun | undefined) => (other ? other.end - other.first : -1);
    if (length(before) >= length(after)) {
      merged.splice(short - 1, 2, { ...(before as OwnedRun), end: turn.end });
    } else {
      merged.splice(short, 2, { ...(after as OwnedRun), first: turn.first });
    }
  }
  return merged.reduce<OwnedRun[]>((joined, turn) => {
    const last = joined.at(-1);
    if (last?.voice === turn.voice) joined[joined.length - 1] = { ...last, end: turn.end };
    else joined.push(turn);
    return joined;
  }, []);
}

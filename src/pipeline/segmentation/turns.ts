import type { FrameAxis } from './frames.ts';
import type { FrameRun } from './speech.ts';

/** A stretch of speech that one track holds; `track` is -1 where the model names none. */
export interface OwnedRun extends FrameRun {
  readonly track: number;
}

/** A turn shorter than this (0.6 s) within the speech of another is a backchannel and does not cut it. */
const SHORTEST_TURN_FRAMES = 36;

/**
 * Cuts runs of speech where another track takes over. In overlap the track that held the floor keeps it.
 */
export function ownedRuns(axis: FrameAxis, runs: readonly FrameRun[]): OwnedRun[] {
  return runs.flatMap((run) => mergeShort(rawTurns(axis, run)));
}

function rawTurns(axis: FrameAxis, run: FrameRun): OwnedRun[] {
  const turns: { first: number; end: number; track: number }[] = [];
  for (let f = run.first; f < run.end; f++) {
    const last = turns.at(-1);
    const a = axis.first[f] as number;
    const b = axis.second[f] as number;
    const holds = last && (a === -1 || a === last.track || b === last.track);
    if (holds) last.end = f + 1;
    else if (last?.track === -1) {
      last.track = a;
      last.end = f + 1;
    } else turns.push({ first: f, end: f + 1, track: a });
  }
  return turns;
}

/** Joins turns that are too short to the longer neighbour, then neighbours of the same track. */
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
    if (last?.track === turn.track) joined[joined.length - 1] = { ...last, end: turn.end };
    else joined.push(turn);
    return joined;
  }, []);
}

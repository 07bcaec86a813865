import type { Seconds } from '../../profiler/model/units.ts';
import type { SpeakerTurn } from '../diarisation/timeline.ts';

/** A part of a clip that one speaker holds. */
export interface SpokenPart {
  readonly start: Seconds;
  readonly end: Seconds;
  /** -1 where nobody is known to speak. */
  readonly speaker: number;
}

/** A change of speaker within a clip counts when both sides last this long. */
const SHORTEST_PART_SECONDS = 1;
/** Times at which who speaks is looked up. */
const STEP_SECONDS = 0.02;

/**
 * Who holds the floor within [start, end): the speaker of the turns there, the one who held it already in overlap. Parts
 * that are too short join the part before them.
 */
export function partsOf(start: Seconds, end: Seconds, turns: readonly SpeakerTurn[]): SpokenPart[] {
  const here = turns.filter((turn) => turn.end > start && turn.start < end);
  const parts: { start: number; end: number; speaker: number; speech: number }[] = [];
  for (let time = start; time < end; time += STEP_SECONDS) {
    const active = here.filter((turn) => turn.start <= time && turn.end > time);
    const last = parts.at(-1);
    const holds = last && (active.length === 0 || active.some((t) => t.speaker === last.speaker));
    if (!holds && active.length > 0) {
      parts.push({ start: time, end, speaker: active[0]?.speaker ?? -1, speech: 0 });
      if (last) last.end = time;
    }
    const now = parts.at(-1);
    if (now && active.length > 0) now.speech += STEP_SECONDS;
  }
  const [first] = parts;
  if (!first) return [{ start, end, speaker: -1 }];
  first.start = start;
  const long = parts.filter((part) => part.speech >= SHORTEST_PART_SECONDS);
  const kept = long.length > 0 ? long : [parts.reduce((a, b) => (b.speech > a.speech ? b : a))];
  const joined: SpokenPart[] = [];
  for (const part of kept) {
    const last = joined.at(-1);
    if (last?.speaker !== part.speaker) {
      joined.push({ start: joined.length === 0 ? start : part.start, end, speaker: part.speaker });
      if (last) joined[joined.length - 2] = { ...last, end: part.start };
    }
  }
  return joined;
}

/** The speaker of the turn with the smallest gap to [start, end); -1 where there are no turns. */
export function nearestSpeaker(
  start: Seconds,
  end: Seconds,
  turns: readonly SpeakerTurn[],
): number {
  let speaker = -1;
  let smallest = Infinity;
  for (const turn of turns) {
    const gap = Math.max(0, turn.start - end, start - turn.end);
    if (gap < smallest) [speaker, smallest] = [turn.speaker, gap];
  }
  return speaker;
}

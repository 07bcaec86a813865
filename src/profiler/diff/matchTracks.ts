import type { Run, Track } from '../model/run.ts';
import type { TrackId } from '../model/units.ts';
import type { Alignment } from './alignRuns.ts';
import { nameTemplate } from './sharedNames.ts';

/** Tracks of two runs that belong together; null where a run has none. */
export interface TrackPair {
  readonly a: TrackId | null;
  readonly b: TrackId | null;
}

/**
 * Pairs the tracks of two runs: those of one name and kind, the first with the first; then those whose spans mostly have
 * their partners on the other; then those of one kind whose names differ in numbers only, such as process ids. What is
 * left stands alone. Every track is in exactly one pair; in the order of A, those of B alone at the end.
 */
export function matchTracks(a: Run, b: Run, alignment: Alignment): TrackPair[] {
  const partner = new Map<TrackId, TrackId>();
  const taken = new Set<TrackId>();
  const pair = (one: TrackId, other: TrackId): void => {
    if (partner.has(one) || taken.has(other)) return;
    partner.set(one, other);
    taken.add(other);
  };
  const inOrder = (keyOf: (track: Track) => string): void => {
    const open = new Map<string, TrackId[]>();
    for (const track of b.tracks) {
      if (taken.has(track.id)) continue;
      const key = keyOf(track);
      open.set(key, [...(open.get(key) ?? []), track.id]);
    }
    for (const track of a.tracks) {
      if (partner.has(track.id)) continue;
      const next = open.get(keyOf(track))?.shift();
      if (next !== undefined) pair(track.id, next);
    }
  };
  inOrder(({ kind, name }) => JSON.stringify([kind, name]));
  for (const [one, other] of mostCommonFirst(a, b, alignment)) pair(one, other);
  inOrder(({ kind, name }) => JSON.stringify([kind, nameTemplate(name)]));
  return [
    ...a.tracks.map(({ id }): TrackPair => ({ a: id, b: partner.get(id) ?? null })),
    ...b.tracks.filter(({ id }) => !taken.has(id)).map(({ id }): TrackPair => ({ a: null, b: id })),
  ];
}

/** Tracks by how many spans of the one have their partners on the other, where the kinds agree. */
function mostCommonFirst(a: Run, b: Run, { pairA, pairB }: Alignment): [TrackId, TrackId][] {
  const votes = new Map<number, number>();
  const width = Math.max(1, b.tracks.length);
  pairA.forEach((spanA, i) => {
    const one = a.spans.trackId[spanA] ?? 0;
    const other = b.spans.trackId[pairB[i] ?? 0] ?? 0;
    if (a.tracks[one]?.kind !== b.tracks[other]?.kind) return;
    const key = one * width + other;
    votes.set(key, (votes.get(key) ?? 0) + 1);
  });
  return Array.from(votes)
    .sort(([keyX, x], [keyY, y]) => y - x || keyX - keyY)
    .map(([key]) => [Math.floor(key / width), key % width]);
}

import type { ChartHeader, ChartTrack } from '../../../src/protocol/chart.ts';
import type { SceneTrack } from '../../flame/model/scene.ts';
import type { DiffResult, Side } from '../model/diffResult.ts';
import type { DiffLayout } from '../model/diffState.ts';
import { common } from './sideIds.ts';

/** Tracks that belong together, with their numbers in the common scene; null where a run has none. */
export interface TrackPair {
  readonly a: SceneTrack | null;
  readonly b: SceneTrack | null;
}

/** The drawn tracks of both runs in pairs, in the order of A, those of B alone at the end. */
export function trackPairs(diff: DiffResult): TrackPair[] {
  const merged = diff.a.run.weightsUnit !== null;
  if (merged) {
    return [{ a: sceneTrack('a', diff.a.leftHeavy), b: sceneTrack('b', diff.b.leftHeavy) }];
  }
  const inA = drawn(diff.a);
  const inB = drawn(diff.b);
  return diff.tracks
    .map(({ a, b }) => ({ a: inA.get(a), b: inB.get(b) }))
    .filter(({ a, b }) => a !== undefined || b !== undefined)
    .sort(
      (x, y) => (x.a?.at ?? Infinity) - (y.a?.at ?? Infinity) || (x.b?.at ?? 0) - (y.b?.at ?? 0),
    )
    .map(({ a, b }) => ({
      a: a === undefined ? null : sceneTrack('a', a.track, b === undefined),
      b: b === undefined ? null : sceneTrack('b', b.track, a === undefined),
    }));
}

function drawn({ tracks }: ChartHeader): Map<number, { track: ChartTrack; at: number }> {
  return new Map(tracks.map((track, at) => [track.id, { track, at }]));
}

function sceneTrack(side: Side, track: ChartTrack, lone = false): SceneTrack {
  const label = lone ? `Only in ${side.toUpperCase()}` : side.toUpperCase();
  const name = track.name === '' ? label : `${label} · ${track.name}`;
  return { ...track, id: common(side, track.id), name };
}

/**
 * The tracks of each canvas from the top. `pairs`: the rows of A above those of B; `ghost` and `after`: B, and of A only what
 * B has not, where its outlines are drawn; `split`: A on one canvas, B on another beside it.
 */
export function paneTracks(pairs: readonly TrackPair[], layout: DiffLayout): SceneTrack[][] {
  const of = (side: Side): SceneTrack[] => pairs.flatMap((pair) => pair[side] ?? []);
  switch (layout) {
    case 'pairs':
      return [pairs.flatMap(({ a, b }) => [a ?? [], b ?? []].flat())];
    case 'split':
      return [of('a'), of('b')];
    case 'ghost':
      return [pairs.flatMap(({ a, b }) => b ?? a ?? [])];
    case 'after':
      return [of('b')];
  }
}

import type { Scene } from './scene.ts';

const placesOf = new WeakMap<readonly number[], ReadonlyMap<number, number>>();

/** Where the buckets of a track begin in the columns of the overview; -1 where it has none. */
export function overviewPlace({ overview }: Scene, trackId: number): number {
  if (overview === null) return -1;
  let places = placesOf.get(overview.trackIds);
  if (places === undefined) {
    places = new Map(overview.trackIds.map((id, place) => [id, place]));
    placesOf.set(overview.trackIds, places);
  }
  const place = places.get(trackId);
  return place === undefined ? -1 : place * overview.buckets;
}

/** The bucket of a track at a time: a place in the columns of the overview, or -1. */
export function overviewBucketAt(scene: Scene, trackId: number, timeNs: number): number {
  const place = overviewPlace(scene, trackId);
  if (scene.overview === null || place < 0) return -1;
  const { buckets } = scene.overview;
  const bucket = Math.floor((timeNs / Math.max(1, scene.extentNs)) * buckets);
  return place + Math.max(0, Math.min(buckets - 1, bucket));
}

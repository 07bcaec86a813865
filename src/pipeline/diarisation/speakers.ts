import type { Seconds } from '../../profiler/model/units.ts';
import type { SpeakerCount } from '../../protocol/ingest.ts';
import { averageLinkage, cosine, cut, toUnit } from './linkage.ts';

/** What clustering needs to know of a piece. */
export interface VoicePiece {
  /** Unit vector. */
  readonly vector: Float32Array;
  readonly cleanSeconds: Seconds;
  /** Window and local speaker it belongs to, as one number; what one local speaker says in one window is one voice. */
  readonly group: number;
}

export interface SpeakerSettings {
  /** Clusters merge while their mean cosine is at least this. */
  readonly linkageCosine: number;
  /** Pieces with less clean speech do not take part in clustering. */
  readonly seedSeconds: Seconds;
  /** Clusters with less clean speech in all are nobody; in a short recording less is enough, see `smallestCluster`. */
  readonly smallestClusterSeconds: Seconds;
}

/** Recipe A of models/README.md; 0.38 gave the right count on all eighteen recordings it was measured on. */
export const SPEAKER_SETTINGS: SpeakerSettings = {
  linkageCosine: 0.38,
  seedSeconds: 1.5,
  smallestClusterSeconds: 5,
};

const LEAST_CLUSTER_SECONDS = 2;
const LEAST_CLUSTER_SHARE = 0.08;
/** Average linkage keeps n²/2 numbers: more seeds than this (about eight hours of speech) are thinned evenly. */
const MOST_SEEDS = 12_000;

export interface Speakers {
  /** Unit vector of each speaker. */
  readonly centroids: readonly Float32Array[];
  /** Speaker of each piece. */
  readonly speakerOf: Int32Array;
}

/**
 * Finds the voices among pieces and gives every piece, long or short, to one of them.
 *
 * @param count the number of speakers where it is known, or its bounds
 */
export function tellApart(
  pieces: readonly VoicePiece[],
  count: SpeakerCount | null,
  settings: SpeakerSettings = SPEAKER_SETTINGS,
): Speakers {
  if (pieces.length === 0) return { centroids: [], speakerOf: new Int32Array() };
  const seeds = seedsOf(pieces, settings.seedSeconds);
  const vectors = seeds.map((i) => (pieces[i] as VoicePiece).vector);
  const merges = averageLinkage(vectors);
  const byThreshold = merges.filter((merge) => merge.cosine >= settings.linkageCosine).length;
  const grouped = (mergeCount: number) =>
    largeClusters(pieces, seeds, cut(merges, seeds.length, mergeCount), settings);
  const clusters = count
    ? withinBounds(grouped, merges.length, byThreshold, count)
    : grouped(byThreshold);
  const centroids = clusters.map((members) =>
    meanDirection(members.map((i) => (pieces[i] as VoicePiece).vector)),
  );
  return { centroids, speakerOf: assign(pieces, centroids) };
}

/** Pieces with enough clean speech to cluster; the longest one where there is none. */
function seedsOf(pieces: readonly VoicePiece[], seedSeconds: Seconds): number[] {
  const all = [...pieces.keys()];
  const clean = (i: number) => (pieces[i] as VoicePiece).cleanSeconds;
  let seeds = all.filter((i) => clean(i) >= seedSeconds);
  if (seeds.length === 0) seeds = [all.reduce((a, b) => (clean(b) > clean(a) ? b : a), 0)];
  if (seeds.length <= MOST_SEEDS) return seeds;
  const step = seeds.length / MOST_SEEDS;
  return Array.from({ length: MOST_SEEDS }, (_, i) => seeds[Math.floor(i * step)] as number);
}

/**
 * The rule in seconds loses people who say little in a recording of less than a minute: there 8 % of all speech is enough,
 * but 2 s at least. Over 16 such recordings the count was right in 16 instead of 14, and none of the long ones changed.
 */
function smallestCluster(pieces: readonly VoicePiece[], settings: SpeakerSettings): Seconds {
  const all = pieces.reduce((sum, piece) => sum + piece.cleanSeconds, 0);
  const shortRecording = Math.max(LEAST_CLUSTER_SECONDS, LEAST_CLUSTER_SHARE * all);
  return Math.min(settings.smallestClusterSeconds, shortRecording);
}

function largeClusters(
  pieces: readonly VoicePiece[],
  seeds: readonly number[],
  labels: Int32Array,
  settings: SpeakerSettings,
): number[][] {
  const clusters: number[][] = [];
  labels.forEach((label, i) => (clusters[label] ??= []).push(seeds[i] as number));
  const speech = (members: readonly number[]) =>
    members.reduce((sum, i) => sum + (pieces[i] as VoicePiece).cleanSeconds, 0);
  const smallest = smallestCluster(pieces, settings);
  const large = clusters.filter((members) => speech(members) >= smallest);
  if (large.length > 0) return large;
  return [clusters.reduce((a, b) => (speech(b) > speech(a) ? b : a))];
}

/**
 * The cut nearest to the threshold whose number of speakers is within bounds; where small clusters make that
 * impossible, the cut that comes nearest to the bounds.
 */
function withinBounds(
  grouped: (mergeCount: number) => number[][],
  merges: number,
  start: number,
  count: SpeakerCount,
): number[][] {
  const miss = (speakers: number) => Math.max(0, count.min - speakers, speakers - count.max);
  let best = grouped(start);
  const direction = best.length > count.max ? 1 : -1;
  for (let at = start; at >= 0 && at <= merges && miss(best.length) > 0; at += direction) {
    const clusters = grouped(at);
    if (miss(clusters.length) < miss(best.length)) best = clusters;
  }
  return best;
}

function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (vector[i] as number);
  }
  toUnit([mean]);
  return mean;
}

/**
 * Each piece goes to the centroid with the largest score: its own cosine, and the more the shorter the piece is, the
 * mean cosine of all that its local speaker says in its window.
 */
function assign(pieces: readonly VoicePiece[], centroids: readonly Float32Array[]): Int32Array {
  const speakers = centroids.length;
  const scores = pieces.map((piece) => centroids.map((centroid) => cosine(piece.vector, centroid)));
  const groups = new Map<number, { weight: number; sums: Float64Array }>();
  pieces.forEach((piece, i) => {
    const group = groups.get(piece.group) ?? { weight: 0, sums: new Float64Array(speakers) };
    const weight = Math.max(piece.cleanSeconds, 0.01);
    group.weight += weight;
    for (let s = 0; s < speakers; s++) {
      group.sums[s] = (group.sums[s] as number) + weight * (scores[i]?.[s] as number);
    }
    groups.set(piece.group, group);
  });
  return Int32Array.from(pieces, (piece, i) => {
    const group = groups.get(piece.group);
    const own = Math.min(1, piece.cleanSeconds);
    let best = 0;
    let top = -Infinity;
    for (let s = 0; s < speakers; s++) {
      const around = group ? (group.sums[s] as number) / group.weight : 0;
      const score = own * (scores[i]?.[s] as number) + (1 - own) * around;
      if (score > top) [best, top] = [s, score];
    }
    return best;
  });
}

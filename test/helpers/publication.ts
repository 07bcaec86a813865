import type { Publication, PublishedSegment } from '../../src/store/publications.ts';

/** A unit vector of 384 values along one axis. */
export function meaning(axis: number): Float32Array {
  const vector = new Float32Array(384);
  vector[axis] = 1;
  return vector;
}

/** A publication of these texts, a segment each; the meaning of text `i` lies along axis `firstAxis + i`. */
export function publication(
  videoId: string,
  texts: readonly string[],
  firstAxis = 0,
): Publication & { readonly segments: readonly PublishedSegment[] } {
  return {
    videoId,
    runId: `run of ${videoId}`,
    result: () => JSON.stringify(texts),
    segments: texts.map((text, i) => ({
      start: i,
      end: i + 1,
      speaker: `Speaker ${(i % 2) + 1}`,
      text,
      voice: i % 3 === 2 ? null : new Float32Array(256).fill(1 / 16),
      meaning: meaning(firstAxis + i),
    })),
    speakers: [{ name: 'Speaker 1', centroid: new Float32Array(256).fill(1 / 16) }],
  };
}

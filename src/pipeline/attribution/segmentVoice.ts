import type { Seconds } from '../../profiler/model/units.ts';
import type { EmbeddingClass } from '../../protocol/transcript.ts';
import { toUnit } from '../diarisation/linkage.ts';
import { FRAME_SECONDS } from '../segmentation/windows.ts';

/** A piece of speech with its voice and its speaker. */
export interface SpokenPiece {
  readonly vector: Float32Array;
  readonly speaker: number;
  /** Times of the frames that made the vector, ascending. */
  readonly maskSeconds: Float64Array;
}

export interface SegmentVoice {
  readonly embedding: EmbeddingClass;
  /** Unit length; null unless the class is own or widened. */
  readonly vector: Float32Array | null;
}

/** A voice embedding of less speech than this says little: errors double from 3 s to 2 s and again below 1 s. */
const LEAST_SECONDS = 0.5;
/** How far a short segment is widened into the speech of the same speaker around it. */
const WIDEN_SECONDS = 1.5;

/**
 * The voice embedding of a segment: the mean of its speaker's pieces within it, each weighted with how much of it lies
 * there. With less than half a second of speech the same within 1.5 s around it; with less still the label is borrowed.
 *
 * @param pieces pieces near the segment, of any speaker
 */
export function segmentVoice(
  start: Seconds,
  end: Seconds,
  speaker: number,
  pieces: readonly SpokenPiece[],
): SegmentVoice {
  if (speaker === -1) return { embedding: 'none', vector: null };
  const own = meanVoice(start, end, speaker, pieces);
  if (own) return { embedding: 'own', vector: own };
  const wide = meanVoice(start - WIDEN_SECONDS, end + WIDEN_SECONDS, speaker, pieces);
  if (wide) return { embedding: 'widened', vector: wide };
  return { embedding: 'borrowed', vector: null };
}

function meanVoice(
  start: Seconds,
  end: Seconds,
  speaker: number,
  pieces: readonly SpokenPiece[],
): Float32Array | null {
  // Neighbouring windows both have pieces of what they share: a moment of speech counts once.
  const moments = new Set<number>();
  let sum: Float32Array | null = null;
  for (const piece of pieces) {
    if (piece.speaker !== speaker) continue;
    const inside = addMoments(moments, piece.maskSeconds, start, end);
    if (inside === 0) continue;
    sum ??= new Float32Array(piece.vector.length);
    for (let i = 0; i < sum.length; i++) {
      sum[i] = (sum[i] as number) + inside * (piece.vector[i] as number);
    }
  }
  if (!sum || moments.size * FRAME_SECONDS < LEAST_SECONDS) return null;
  toUnit([sum]);
  return sum;
}

/** Adds the times within [start, end), as numbers of frames of the whole audio. @returns how many lie there */
function addMoments(
  moments: Set<number>,
  times: Float64Array,
  start: Seconds,
  end: Seconds,
): number {
  let count = 0;
  for (const time of times) {
    if (time < start || time >= end) continue;
    moments.add(Math.round(time / FRAME_SECONDS));
    count++;
  }
  return count;
}

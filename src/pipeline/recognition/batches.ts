import type { Samples } from '../audio/samples.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';

/**
 * A clip may be padded to at most this multiple of its own length. Padding never changes a text, since the model
 * quantises row by row; it only costs time.
 */
const LONGEST_RATIO = 2;
/** Padded audio of a batch: bounds memory and how much a killed process has to repeat. */
const BATCH_SECONDS = 60;
const MOST_ROWS = 32;

/**
 * Groups clips for recognition: sorted by length, none more than twice as long as another, and at most 60 s of padded
 * audio a batch.
 *
 * @param lengths length of each clip in samples
 * @returns indices into `lengths`; every clip is in exactly one batch; the longest come first
 */
export function planBatches(lengths: readonly Samples[]): number[][] {
  const order = [...lengths.keys()].sort(
    (a, b) => (lengths[b] as number) - (lengths[a] as number) || a - b,
  );
  const batches: number[][] = [];
  for (const clip of order) {
    const batch = batches.at(-1);
    const width = lengths[batch?.[0] ?? clip] as number;
    const fits =
      batch &&
      batch.length < MOST_ROWS &&
      width <= (lengths[clip] as number) * LONGEST_RATIO &&
      width * (batch.length + 1) <= BATCH_SECONDS * SAMPLE_RATE;
    if (fits) batch.push(clip);
    else batches.push([clip]);
  }
  return batches;
}

import type { Samples } from '../audio/samples.ts';
import type { PcmFile } from '../audio/pcmFile.ts';
import { floats, floatTensor, type Session, Tensor } from './session.ts';
import { STEP_SAMPLES, stepCount } from '../audio/voiceSteps.ts';
import { VOICE_DIMENSIONS } from './tasks.ts';

/** Features of a step of the speaker trunk. */
export const FEATURES = 2560;
/** Samples past a block's end that its last filter bank frame reaches into (400 - 160). */
const BLOCK_OVERHANG = 240;
/** The filter bank needs one whole frame. */
const SHORTEST_ROW = 400;
/** A block is 10 s: the trunk subtracts the mean over a block, and it is meant for 3 to 10 s. */
const BLOCK_STEPS = 125;

/** Splits steps into blocks of nearly equal length, none longer than 10 s. */
export function blockSteps(steps: number): number[] {
  const blocks = Math.max(1, Math.ceil(steps / BLOCK_STEPS));
  const edges = Array.from({ length: blocks + 1 }, (_, i) => Math.round((steps * i) / blocks));
  return edges.slice(1).map((edge, i) => edge - (edges[i] as number));
}

/**
 * Runs the trunk once over a stretch of audio on one seamless time axis.
 *
 * @returns float32 [steps, 2560]; step j is centred at 0.0125 + 0.08 j seconds after `start`.
 */
export async function voiceFeatures(
  trunk: Session,
  pcm: PcmFile,
  start: Samples,
  samples: Samples,
): Promise<Float32Array> {
  const steps = stepCount(samples);
  const features = new Float32Array(steps * FEATURES);
  let done = 0;
  for (const count of blockSteps(steps)) {
    const length = count * STEP_SAMPLES + BLOCK_OVERHANG;
    const first = start + done * STEP_SAMPLES;
    const real = Math.max(SHORTEST_ROW, Math.min(length, pcm.length - first));
    const output = await trunk.run({
      waveform: floatTensor(pcm.read(first, length), [1, length]),
      lengths: new Tensor('int32', Int32Array.of(real), [1]),
    });
    features.set(floats(output['features']).subarray(0, count * FEATURES), done * FEATURES);
    done += count;
  }
  return features;
}

/**
 * Pools voice embeddings from features.
 *
 * @param weights one float32 row of `steps` weights (0..1) a mask, not all zero
 * @returns one vector of 256 values a mask, not normalised
 */
export async function poolVoices(
  pool: Session,
  features: Float32Array,
  weights: readonly Float32Array[],
): Promise<Float32Array[]> {
  if (weights.length === 0) return [];
  const steps = features.length / FEATURES;
  const flat = new Float32Array(weights.length * steps);
  weights.forEach((row, i) => flat.set(row, i * steps));
  const output = await pool.run({
    features: floatTensor(features, [1, steps, FEATURES]),
    weights: floatTensor(flat, [1, weights.length, steps]),
  });
  const vectors = floats(output['embedding']);
  return weights.map((_, i) => vectors.slice(i * VOICE_DIMENSIONS, (i + 1) * VOICE_DIMENSIONS));
}

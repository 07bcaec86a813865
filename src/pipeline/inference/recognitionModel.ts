import { START_TOKEN } from '../recognition/tokens.ts';
import { GreedyRow, type RecognisedTokens } from './greedyRow.ts';
import {
  floats,
  floatTensor,
  longTensor,
  type Session,
  type Tensor,
  type Tensors,
} from './session.ts';
import { rowsOf, stackEncodings } from './tensorRows.ts';

const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
/** Encoders need this much audio; a shorter clip is followed by silence. */
const SHORTEST_CLIP = 1600;
/** Rows that have ended are dropped when at most this share of the rows is still alive: copying costs too. */
const COMPACT_AT = 0.5;

/**
 * Recognises clips as one batch, greedily, with the two graphs of models/README.md. Activations are quantised row by row,
 * so a clip gives the same text in any batch; clips of like length only save time.
 *
 * @param clips float32 samples at 16 kHz, -1..1, at most 24 s each
 */
export async function recogniseBatch(
  encode: Session,
  step: Session,
  clips: readonly Float32Array[],
): Promise<RecognisedTokens[]> {
  const encodings: Tensors[] = [];
  for (const clip of clips) encodings.push(await encodeClip(encode, clip));
  const results = clips.map((clip) => new GreedyRow(clip.length));
  const [only] = encodings;
  let feeds: Record<string, Tensor> = {
    ...(encodings.length === 1 && only ? only : stackEncodings(encodings)),
    ...emptyCache(clips.length),
    ids: longTensor(new BigInt64Array(clips.length).fill(BigInt(START_TOKEN)), [clips.length]),
  };
  let rows = [...results.keys()];
  while (rows.length > 0) {
    const output = await step.run(feeds);
    const ids = output['next_ids'] as Tensor;
    const logProbabilities = floats(output['logprob']);
    rows.forEach((row, i) => {
      results[row]?.take(Number((ids.data as BigInt64Array)[i]), logProbabilities[i] as number);
    });
    feeds = { ...feeds, ...grownCache(output), ids };
    const live = [...rows.keys()].filter((i) => !results[rows[i] as number]?.ended);
    if (live.length === 0) break;
    if (live.length <= COMPACT_AT * rows.length) {
      for (const [name, tensor] of Object.entries(feeds)) feeds[name] = rowsOf(tensor, live);
      rows = live.map((i) => rows[i] as number);
    }
  }
  return results.map((row) => row.result());
}

/** Keys and values of the decoder's cross attention; one by one they take less time and memory than padded. */
async function encodeClip(encode: Session, clip: Float32Array): Promise<Tensors> {
  const audio = longEnough(clip);
  return await encode.run({
    audio: floatTensor(audio, [1, audio.length]),
    lengths: longTensor(BigInt64Array.of(BigInt(audio.length)), [1]),
  });
}

/** The clip, followed by silence where it is too short for an encoder. */
export function longEnough(clip: Float32Array): Float32Array {
  if (clip.length >= SHORTEST_CLIP) return clip;
  const audio = new Float32Array(SHORTEST_CLIP);
  audio.set(clip);
  return audio;
}

function emptyCache(rows: number): Record<string, Tensor> {
  const cache: Record<string, Tensor> = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const part of ['k', 'v']) {
      cache[`self_${part}_${layer}`] = floatTensor(new Float32Array(), [rows, HEADS, 0, HEAD_SIZE]);
    }
  }
  return cache;
}

function grownCache(output: Tensors): Record<string, Tensor> {
  const cache: Record<string, Tensor> = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const part of ['k', 'v']) {
      cache[`self_${part}_${layer}`] = output[`new_${part}_${layer}`] as Tensor;
    }
  }
  return cache;
}

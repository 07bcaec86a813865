import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import { END_TOKEN, START_TOKEN } from '../recognition/tokens.ts';
import { floats, floatTensor, longTensor, type Session, Tensor, type Tensors } from './session.ts';

const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
const VOCABULARY = 32_768;
/** Greedy speech never needs more: 6.5 ids a second (Moonshine's own cap) and a few for short clips. */
const TOKENS_PER_SECOND = 6.5;
const EXTRA_TOKENS = 4;

export interface RecognisedTokens {
  readonly ids: readonly number[];
  /** Sum of the natural logarithms of the chosen tokens' probabilities, the end token included. */
  readonly logProbability: number;
  /** The cap on tokens ended the clip, not the model. */
  readonly capped: boolean;
}

/** Cap on the number of tokens of a clip. */
export function tokenCap(samples: number): number {
  return Math.floor((samples / SAMPLE_RATE) * TOKENS_PER_SECOND) + EXTRA_TOKENS;
}

interface Row {
  readonly clip: number;
  readonly cap: number;
  readonly ids: number[];
  logProbability: number;
}

/** Index of the largest of `size` values from `offset`, and the natural log of its softmax probability. */
function bestToken(logits: Float32Array, offset: number, size: number): [number, number] {
  let best = 0;
  let top = -Infinity;
  for (let i = 0; i < size; i++) {
    const value = logits[offset + i] as number;
    if (value > top) {
      top = value;
      best = i;
    }
  }
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.exp((logits[offset + i] as number) - top);
  return [best, -Math.log(sum)];
}

/**
 * Recognises clips as one batch, greedily. Clips should be of similar length: shorter ones are padded with silence.
 *
 * @param clips float32 samples at 16 kHz, -1..1, at most 16 s each
 */
export async function recogniseBatch(
  encoder: Session,
  decoder: Session,
  clips: readonly Float32Array[],
): Promise<RecognisedTokens[]> {
  const width = Math.max(...clips.map((clip) => clip.length));
  const samples = new Float32Array(clips.length * width);
  const mask = new BigInt64Array(clips.length * width);
  clips.forEach((clip, i) => {
    samples.set(clip, i * width);
    mask.fill(1n, i * width, i * width + clip.length);
  });
  const maskTensor = longTensor(mask, [clips.length, width]);
  const { last_hidden_state: hidden } = await encoder.run({
    input_values: floatTensor(samples, [clips.length, width]),
    attention_mask: maskTensor,
  });
  const rows: Row[] = clips.map((clip, i) => ({
    clip: i,
    cap: tokenCap(clip.length),
    ids: [],
    logProbability: 0,
  }));
  const ended = new Set<number>();
  const fixed: Record<string, Tensor> = {
    encoder_hidden_states: hidden as Tensor,
    encoder_attention_mask: maskTensor,
  };
  let past = emptyCache();
  let next = new BigInt64Array(clips.length).fill(BigInt(START_TOKEN));
  const steps = Math.max(...rows.map((row) => row.cap));
  for (let step = 0; step < steps && ended.size < rows.length; step++) {
    const output: Tensors = await decoder.run({
      ...fixed,
      ...past,
      input_ids: longTensor(next, [clips.length, 1]),
      use_cache_branch: new Tensor('bool', Uint8Array.of(step > 0 ? 1 : 0), [1]),
    });
    past = nextCache(past, output, step === 0);
    const logits = floats(output['logits']);
    next = new BigInt64Array(clips.length);
    for (const row of rows) {
      if (ended.has(row.clip)) continue;
      const [id, logProbability] = bestToken(logits, row.clip * VOCABULARY, VOCABULARY);
      row.logProbability += logProbability;
      next[row.clip] = BigInt(id);
      if (id === END_TOKEN) ended.add(row.clip);
      else {
        row.ids.push(id);
        if (row.ids.length >= row.cap) ended.add(row.clip);
      }
    }
  }
  return rows.map((row) => ({
    ids: row.ids,
    logProbability: row.logProbability,
    capped: row.ids.length >= row.cap,
  }));
}

function emptyCache(): Record<string, Tensor> {
  const cache: Record<string, Tensor> = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const side of ['decoder', 'encoder']) {
      for (const part of ['key', 'value']) {
        const shape = [0, HEADS, 1, HEAD_SIZE];
        cache[`past_key_values.${layer}.${side}.${part}`] = floatTensor(new Float32Array(), shape);
      }
    }
  }
  return cache;
}

function nextCache(past: Record<string, Tensor>, output: Tensors, first: boolean) {
  const cache = { ...past };
  for (const [name, tensor] of Object.entries(output)) {
    if (!name.startsWith('present.')) continue;
    if (first || name.includes('.decoder.')) {
      cache[name.replace('present', 'past_key_values')] = tensor;
    }
  }
  return cache;
}

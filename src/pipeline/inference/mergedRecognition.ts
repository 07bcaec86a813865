import { START_TOKEN } from '../recognition/tokens.ts';
import { GreedyRow, type RecognisedTokens } from './greedyRow.ts';
import type { RecognitionModelPaths } from './modelPaths.ts';
import { longEnough } from './recognitionModel.ts';
import { floats, floatTensor, longTensor, type Session, Tensor, type Tensors } from './session.ts';

type Shape = Pick<RecognitionModelPaths, 'layers' | 'heads' | 'headSize'>;

/**
 * Recognises one clip with an encoder and a decoder that keeps its first step in a branch, as Moonshine publishes its
 * models: no masks, so no batches.
 */
export async function recogniseMerged(
  encoder: Session,
  decoder: Session,
  shape: Shape,
  clip: Float32Array,
): Promise<RecognisedTokens> {
  const audio = longEnough(clip);
  const encoded = await encoder.run({ input_values: floatTensor(audio, [1, audio.length]) });
  const hidden = encoded['last_hidden_state'] as Tensor;
  const row = new GreedyRow(clip.length);
  let past = emptyCache(shape);
  let id = START_TOKEN;
  for (let step = 0; !row.ended; step++) {
    const output = await decoder.run({
      ...past,
      encoder_hidden_states: hidden,
      input_ids: longTensor(BigInt64Array.of(BigInt(id)), [1, 1]),
      use_cache_branch: new Tensor('bool', Uint8Array.of(step > 0 ? 1 : 0), [1]),
    });
    past = nextCache(past, output, step === 0);
    const [best, logProbability] = bestToken(floats(output['logits']));
    row.take(best, logProbability);
    id = best;
  }
  return row.result();
}

/** Index of the largest logit, and the natural log of its softmax probability. */
function bestToken(logits: Float32Array): [number, number] {
  let best = 0;
  for (let i = 1; i < logits.length; i++) {
    if ((logits[i] as number) > (logits[best] as number)) best = i;
  }
  const top = logits[best] as number;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - top);
  return [best, -Math.log(sum)];
}

function emptyCache({ layers, heads, headSize }: Shape): Record<string, Tensor> {
  const cache: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const side of ['decoder', 'encoder']) {
      for (const part of ['key', 'value']) {
        const name = `past_key_values.${layer}.${side}.${part}`;
        cache[name] = floatTensor(new Float32Array(), [0, heads, 1, headSize]);
      }
    }
  }
  return cache;
}

/** The encoder's part of the cache is valid after the first step only and stays. */
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

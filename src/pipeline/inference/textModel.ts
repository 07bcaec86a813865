import type { Tokenizer } from '@huggingface/tokenizers';
import { floats, longTensor, type Session } from './session.ts';
import { TEXT_DIMENSIONS } from './tasks.ts';

/** The model was trained on at most 256 tokens; [SEP] stays last when a text is cut. */
const MAX_TOKENS = 256;
const BATCH = 16;

/** Token ids of a text with [CLS] first and [SEP] last, at most 256. */
export function tokenIds(tokenizer: Tokenizer, text: string): number[] {
  const { ids } = tokenizer.encode(text);
  if (ids.length <= MAX_TOKENS) return ids;
  return [...ids.slice(0, MAX_TOKENS - 1), ids.at(-1) as number];
}

/**
 * Embeds texts in batches of similar length, so that little of a batch is padding.
 *
 * @returns one L2-normalised float32 vector of 384 values a text, in the order of `texts`
 */
export async function embedTexts(
  session: Session,
  tokenizer: Tokenizer,
  texts: readonly string[],
): Promise<Float32Array[]> {
  const rows = texts.map((text, index) => ({ index, ids: tokenIds(tokenizer, text) }));
  rows.sort((a, b) => a.ids.length - b.ids.length || a.index - b.index);
  const vectors = new Array<Float32Array>(texts.length);
  for (let first = 0; first < rows.length; first += BATCH) {
    const batch = rows.slice(first, first + BATCH);
    const width = Math.max(...batch.map((row) => row.ids.length));
    const ids = new BigInt64Array(batch.length * width);
    const mask = new BigInt64Array(batch.length * width);
    batch.forEach((row, r) => {
      row.ids.forEach((id, t) => {
        ids[r * width + t] = BigInt(id);
        mask[r * width + t] = 1n;
      });
    });
    const output = await session.run({
      input_ids: longTensor(ids, [batch.length, width]),
      attention_mask: longTensor(mask, [batch.length, width]),
    });
    const values = floats(output['sentence_embedding']);
    batch.forEach((row, r) => {
      vectors[row.index] = values.slice(r * TEXT_DIMENSIONS, (r + 1) * TEXT_DIMENSIONS);
    });
  }
  return vectors;
}

import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelsDirectory } from '../../../../src/pipeline/models/locate.ts';
import { TokenTable } from '../../../../src/pipeline/recognition/tokens.ts';

/** A table of these entries. */
function table(...entries: (string | readonly number[])[]): TokenTable {
  const bytes = entries.flatMap((entry) => {
    const content = typeof entry === 'string' ? [...Buffer.from(entry)] : entry;
    const { length } = content;
    return [...(length < 128 ? [length] : [128 + (length % 128), length >> 7]), ...content];
  });
  return new TokenTable(Uint8Array.from(bytes));
}

describe('TokenTable', () => {
  const small = table('<unk>', '<s>', '</s>', '▁good', '▁day', 's', [0xe2], [0x82], [0xac], '…');

  it('joins pieces into words, without the start and the end', () => {
    expect(small.decode([1, 3, 4, 5, 2])).toBe('good days');
    expect(small.decode([])).toBe('');
  });

  it('joins single bytes into characters, and marks what is none', () => {
    expect(small.decode([3, 6, 7, 8, 9])).toBe('good€…');
    expect(small.decode([3, 6, 4])).toBe('good\u{fffd} day');
  });

  it('has no text for special ids and for ids that are not there', () => {
    expect(small.decode([32_000, 32_767, 3, 31_999])).toBe('good');
  });

  it('reads entries of any length', () => {
    const entry = fc.string({ minLength: 0, maxLength: 300 }).filter((s) => s.isWellFormed());
    fc.assert(
      fc.property(fc.array(entry, { minLength: 4, maxLength: 12 }), (entries) => {
        const read = table(...entries);
        expect(read.size).toBe(entries.length);
        entries.slice(3).forEach((text, i) => {
          expect(read.decode([i + 3])).toBe(text.replaceAll('▁', ' ').trim());
        });
      }),
    );
  });

  it('holds the vocabulary of the bundled model', () => {
    const bytes = readFileSync(`${modelsDirectory()}/asr_tokens.bin`);
    const vocabulary = new TokenTable(bytes);
    expect(vocabulary.size).toBe(32_768);
    const golden = JSON.parse(
      readFileSync(new URL('../../../fixtures/golden/asr.json', import.meta.url), 'utf8'),
    ) as { clips: { ids: number[]; text: string }[] };
    for (const { ids, text } of golden.clips) expect(vocabulary.decode(ids)).toBe(text);
    // Ids 3 to 258 are the single bytes.
    const bytesOf = (text: string) => [...Buffer.from(text)].map((byte) => byte + 3);
    expect(vocabulary.decode(bytesOf('naïve 日本 🙂'))).toBe('naïve 日本 🙂');
  });
});

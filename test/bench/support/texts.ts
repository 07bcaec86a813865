import { normalisedWords } from '../../helpers/wordErrorRate.ts';
import { speechFile } from './places.ts';
import { readTruth } from './recording.ts';
import { seededRandom } from './statistics.ts';

/** As many and as long as the texts of the slow ingest that Earshot has to beat. */
export const TEXTS = { count: 282, fewestWords: 12, mostWords: 40 } as const;

/** Texts of the fixtures' words; the same seed gives the same texts. */
export function makeTexts(seed: number, count: number = TEXTS.count): string[] {
  const words = ['two-speakers', 'three-speakers', 'long-source'].flatMap((name) =>
    readTruth(speechFile(`${name}.json`)).turns.flatMap(({ text }) => normalisedWords(text)),
  );
  const random = seededRandom(seed);
  const { fewestWords, mostWords } = TEXTS;
  return Array.from({ length: count }, () => {
    const length = fewestWords + Math.floor(random() * (mostWords - fewestWords + 1));
    const from = Math.floor(random() * (words.length - length));
    return words.slice(from, from + length).join(' ');
  });
}

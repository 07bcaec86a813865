import { diarisationErrors, type Turn } from '../../helpers/diarisationErrorRate.ts';
import { normalisedWords } from '../../helpers/wordErrorRate.ts';

/**
 * Word error rate as `wordErrors` reckons it, without telling the kinds of errors apart: quick enough for the words of
 * hours.
 */
export function wordErrorRate(reference: string, recognised: string): number {
  const truth = numbered(normalisedWords(reference), new Map());
  const heard = numbered(normalisedWords(recognised), truth.numbers);
  let row = Int32Array.from({ length: heard.words.length + 1 }, (_, h) => h);
  let next = new Int32Array(row.length);
  truth.words.forEach((word, t) => {
    next[0] = t + 1;
    for (let h = 0; h < heard.words.length; h++) {
      const diagonal = (row[h] as number) + (word === heard.words[h] ? 0 : 1);
      next[h + 1] = Math.min(diagonal, (row[h + 1] as number) + 1, (next[h] as number) + 1);
    }
    [row, next] = [next, row];
  });
  const errors = row.at(-1) as number;
  return errors === 0 ? 0 : errors / truth.words.length;
}

export interface DiarisationScore {
  /** Error rate with 0.25 s beside each edge of the reference left out, overlap scored. */
  readonly collar250: number;
  /** Error rate with nothing left out. */
  readonly collar0: number;
  readonly missedSeconds: number;
  readonly falseAlarmSeconds: number;
  readonly confusedSeconds: number;
}

export function scoreSpeakers(truth: readonly Turn[], found: readonly Turn[]): DiarisationScore {
  const strict = diarisationErrors(truth, found, 0);
  return {
    collar250: diarisationErrors(truth, found, 0.25).rate,
    collar0: strict.rate,
    missedSeconds: strict.missed,
    falseAlarmSeconds: strict.falseAlarm,
    confusedSeconds: strict.confusion,
  };
}

/** Words as numbers, which compare quicker. */
function numbered(words: readonly string[], numbers: Map<string, number>) {
  const ids = words.map((word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
  return { words: Int32Array.from(ids), numbers };
}

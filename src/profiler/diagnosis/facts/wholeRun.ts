import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';
import type { Statement } from './statements.ts';

/** An end that nothing else is named beside: `Finished in 10:31`. */
const END = /^(?:finish(?:ed|es)?|complete[ds]?|done|ended|fertig|beendet|terminé|terminado)$/u;
/** The same where the line has no other word at all. */
const BARE_END =
  /(?:^|[\s\]|:>-])(?:done|finished|completed?|fertig|beendet)\b[^\d\p{L}]*(?:in|after|nach)?[^\d\p{L}]*\d/iu;

/** Whether a figure speaks of the run as a whole, as far as its words tell. */
export function isOfWholeRun({ measurement }: Statement): boolean {
  const words = wordsOf(measurement.label);
  if (says(words, VOCABULARY.whole)) return true;
  return words.length === 0
    ? BARE_END.test(measurement.quote)
    : words.every((word) => END.test(word));
}

import { ATTRIBUTE } from '../../model/attributeNames.ts';
import { attributeOf } from '../../model/attributes.ts';
import { type Run, spanCount } from '../../model/run.ts';
import { NO_SPAN, type Seconds } from '../../model/units.ts';
import { VOCABULARY, meaningful } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';
import type { SpanNotes } from './spanNotes.ts';
import type { Statement, Statements } from './statements.ts';

/** How long the input of the run is, and which line says so. */
export interface InputLength {
  readonly seconds: Seconds;
  readonly statement: Statement | null;
}

/** Length of the whole input in seconds of play, where a root span or a line says it. */
export function inputLengthOf(
  run: Run,
  notes: SpanNotes,
  statements: Statements,
): InputLength | null {
  for (let span = 0; span < spanCount(run); span += 1) {
    if ((run.spans.parent[span] ?? NO_SPAN) !== NO_SPAN) continue;
    const own = attributeOf(run, span, ATTRIBUTE.audioSeconds);
    const seconds = typeof own === 'number' ? own : notes.mediaSeconds.get(span);
    if (seconds !== undefined && seconds > 0) return { seconds, statement: null };
  }
  const said = statements.actuals.filter(isLengthOfInput);
  if (said.length === 0) return null;
  const longest = said.reduce((a, b) => (b.low > a.low ? b : a));
  return { seconds: longest.low, statement: longest };
}

/** A duration that belongs to the input and not to the work on it: `audio length: 61 min`, `a 61 min talk`. */
export function isLengthOfInput({ measurement, quantity, low, high }: Statement): boolean {
  if (quantity !== 'duration' || low !== high || !(low >= 1)) return false;
  const words = wordsOf(measurement.label);
  if (!says(words, VOCABULARY.input)) return false;
  if (says(words, VOCABULARY.length)) return !says(words, WORK);
  return meaningful(words).length <= 4 && !says(words, WORK);
}

/** Words of work: a time beside one of them is the time that it took. */
const WORK =
  /^(?:in|took|after|elapsed|decod\w*|load(?:ed|ing)?|process(?:ed|ing)?|extract\w*|embed\w*|encod\w*|transcri\w*|download\w*|diari\w*|segment(?:ation|ed|ing)|resampl\w*|convert\w*|analy\w*|total|target|timeout|wait\w*|read|write|written|dauerte|nach|geladen|verarbeitet)$/u;

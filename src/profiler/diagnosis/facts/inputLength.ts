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
  const said = ofOneInput(statements.actuals.filter(tellsInputLength));
  if (said.length === 0) return null;
  const longest = said.reduce((a, b) => (b.low > a.low ? b : a));
  return { seconds: longest.low, statement: longest };
}

/** Without the lines that tell of one input after the other: no one length is that of all. */
function ofOneInput(said: readonly Statement[]): Statement[] {
  const lengths = new Map<number, Set<number>>();
  for (const { measurement, low } of said) {
    const known = lengths.get(measurement.template) ?? new Set();
    lengths.set(measurement.template, known.add(low));
  }
  return said.filter(({ measurement }) => lengths.get(measurement.template)?.size === 1);
}

/** A duration that belongs to the input and not to the work on it: `audio length: 61 min`, `a 61 min talk`. */
export function isLengthOfInput({ measurement, quantity, low, high }: Statement): boolean {
  if (quantity !== 'duration' || low !== high || !(low >= 1)) return false;
  const words = wordsOf(measurement.label);
  if (!says(words, VOCABULARY.input)) return false;
  if (says(words, VOCABULARY.length)) return !says(words, WORK);
  return meaningful(words).length <= 4 && !says(words, WORK);
}

/** A length that is called one: `length=98m20s`, `Duration: 1:52:10` of a thing and not of work. */
const LENGTH = /^(?:length|playtime|länge|spieldauer|longueur|longitud)$/u;
/** Lengths of other things. */
const PART =
  /^(?:queue|step|window|chunk|context|segment|max|maximum|min|sentence|token|key|lock|gap|hop|frame|line|buffer|interval|timeout|ttl|deadline|retry|lease|limit|expir\w*|schedule\w*|every|keepalive|cache|uptime|eta|estimate\w*|remaining|budget|period|age|wait\w*|sleep\w*)$/u;
const NS = 1e9;
/** Seconds by which a length must exceed all of the log so far to be no time of work. */
const LONGER = 60;

/**
 * Whether a figure is the length of the input, however it is told: as `isLengthOfInput`, as a length, or in a line on an
 * input with a time that is longer than the program has been at work by then.
 */
export function tellsInputLength(statement: Statement): boolean {
  if (isLengthOfInput(statement)) return true;
  const { measurement, quantity, low, high } = statement;
  const words = wordsOf(measurement.label);
  if (quantity !== 'duration' || low !== high || !(low >= 1) || says(words, PART)) return false;
  if (says(words, LENGTH) && !says(words, WORK)) return true;
  const { timeNs, quote } = measurement;
  if (timeNs === null || low < timeNs / NS + LONGER || SPENT.test(quote)) return false;
  return says(words, VOCABULARY.input) || says(words, VOCABULARY.length);
}

/** A time that a word calls spent. */
const SPENT =
  /\b(?:in|took|after|elapsed|total|finished|done|nach|dauerte|gesamt)\b[\s:=]*(?:time[\s:=]*)?[\d.,:]+/iu;

/** Words of work: a time beside one of them is the time that it took. */
const WORK =
  /^(?:in|took|after|elapsed|decod\w*|load(?:ed|ing)?|process(?:ed|ing)?|extract\w*|embed\w*|encod\w*|transcri\w*|download\w*|diari\w*|segment(?:ation|ed|ing)|resampl\w*|convert\w*|analy\w*|total|target|timeout|wait\w*|read(?:ing)?|open(?:ed|ing)?|write|written|dauerte|nach|geladen|verarbeitet)$/u;

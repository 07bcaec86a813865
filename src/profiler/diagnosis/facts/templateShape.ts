import type { LogTemplate } from '../../model/logSummary.ts';
import { VOCABULARY } from '../vocabulary.ts';

const PLACE = '<*>';

/** What follows a figure that says how much or how long, not what. */
const UNIT =
  /^\(?(?:%|ms|s|secs?|seconds?|sekunden|m|min|mins|minutes?|minuten|h|hours?|[kmg]i?b|bytes?|hz|khz|mb\/s|x|\/s)\b/iu;
/** What stands before a figure that says when or how long. */
const MEASURE =
  /(?:in|took|after|for|~|nach|rss|mem|memory|elapsed|attempt|worker|thread|pid)[=:\s(]*$/iu;

/**
 * Whether the lines of a template all do the same thing: what varies in them is a time, an amount, or the number of the
 * batch that it is done for, not the thing that it is done to.
 */
export function isConstantTask({ text, variants }: LogTemplate): boolean {
  const parts = text.split(PLACE);
  const verbAt = verbPosition(parts.join(PLACE));
  let offset = 0;
  for (let i = 0; i + 1 < parts.length; i += 1) {
    const before = parts[i] ?? '';
    const after = (parts[i + 1] ?? '').trimStart();
    offset += before.length;
    const varies = (variants[i] ?? 2) > 1;
    const harmless =
      (offset < verbAt && !isDoneTo(text, offset, verbAt)) ||
      UNIT.test(after) ||
      MEASURE.test(before) ||
      isCounter(before);
    if (varies && !harmless) return false;
    offset += PLACE.length;
  }
  return true;
}

/** `Slice <*> mapped`: the varying part is what the task was done to; in `[worker <*>] loaded` it is not. */
function isDoneTo(text: string, at: number, verbAt: number): boolean {
  const verb = /^\p{L}+/u.exec(text.slice(verbAt))?.[0] ?? '';
  const between = text.slice(at + PLACE.length, verbAt).replaceAll(PLACE, '');
  return (
    /(?:ed|read|geladen|gelesen|geöffnet|dekodiert)$/iu.test(verb) && !/[:\])>|,;–-]/u.test(between)
  );
}

/** `(batch <*>` counts what the task is done for; `load batch <*>` says what it is done to. */
function isCounter(before: string): boolean {
  const words = before.toLowerCase().match(/\p{L}+/gu) ?? [];
  const last = words.at(-1) ?? '';
  const previous = words.at(-2) ?? '';
  const counts =
    VOCABULARY.batch.test(last) || /^(?:segment|item|step|iteration|round|nr|no)$/u.test(last);
  return counts && previous !== '' && !VOCABULARY.load.test(previous);
}

function verbPosition(text: string): number {
  for (const match of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    if (VOCABULARY.load.test(match[0]) || VOCABULARY.decode.test(match[0])) return match.index;
  }
  return -1;
}

import type { Run } from '../../model/run.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { patternOf, says, wordsOf } from '../words.ts';

/** What the name of a span says. */
export interface NameFacts {
  /** The name without its variable parts. */
  readonly pattern: string;
  readonly words: readonly string[];
  readonly load: boolean;
  readonly decode: boolean;
  /** Says that nothing was loaded, or that something was put away. */
  readonly notLoaded: boolean;
  readonly call: boolean;
  readonly wait: boolean;
  readonly sleep: boolean;
  readonly network: boolean;
  readonly warmUp: boolean;
}

/** What the names say, by string id; only ids that name a span are set. */
export type SpanNames = ReadonlyMap<number, NameFacts>;

export function spanNamesOf(run: Run): SpanNames {
  const names = new Map<number, NameFacts>();
  for (const id of run.spans.nameId) {
    if (!names.has(id)) names.set(id, nameFacts(run.strings[id] ?? ''));
  }
  return names;
}

function nameFacts(name: string): NameFacts {
  const pattern = patternOf(name);
  const words = wordsOf(pattern);
  return {
    pattern,
    words,
    load: says(words, VOCABULARY.load),
    decode: says(words, VOCABULARY.decode),
    notLoaded: says(words, VOCABULARY.notLoaded),
    call: says(words, VOCABULARY.call),
    wait: says(words, VOCABULARY.wait),
    sleep: says(words, VOCABULARY.sleep),
    network: says(words, VOCABULARY.network),
    warmUp: says(words, VOCABULARY.warmUp),
  };
}

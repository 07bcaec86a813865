import type { Clause } from './clauses.ts';
import type { Figure } from './figure.ts';
import { keyWords, splitName } from './keyWords.ts';
import type { Token } from './tokens.ts';
import { secondsOf } from './units.ts';
import { ACTUAL_WORDS, COMPARATORS, STOP_WORDS, TARGET_WORDS } from './vocabulary.ts';

/** Most words of a label. */
const MAX_WORDS = 10;

/** Keys whose value says what the line is about. */
const NAMING_KEYS = new Set([
  'stage',
  'step',
  'task',
  'name',
  'phase',
  'op',
  'operation',
  'component',
  'event',
  'msg',
  'message',
  'job',
  'action',
  'metric',
  'kind',
  'what',
  'target',
  'stage name',
  'test',
  'span',
  'module',
  'service',
  'unit',
]);

function telling(word: string): boolean {
  return (
    /^\p{L}[\p{L}'-]*$/u.test(word) &&
    word.length > 1 &&
    !STOP_WORDS.has(word) &&
    !TARGET_WORDS.has(word) &&
    !ACTUAL_WORDS.has(word) &&
    !Object.hasOwn(COMPARATORS, word) &&
    secondsOf(word) === undefined
  );
}

/** Tells of each figure what it measures, in the words of the line. */
export class Labels {
  readonly #tokens: readonly Token[];
  readonly #clauses: readonly Clause[];
  readonly #own: readonly string[][];
  readonly #section: readonly string[];

  /** @param section words of the heading above the line. */
  constructor(
    tokens: readonly Token[],
    clauses: readonly Clause[],
    figures: readonly Figure[],
    section: readonly string[],
  ) {
    this.#tokens = tokens;
    this.#clauses = clauses;
    this.#section = section;
    const taken = new Set<number>();
    for (const { kind, from, to } of figures) {
      // The noun of a count says what is measured; the word of another unit does not.
      for (let i = from; i < to; i += 1) if (kind !== 'count' && kind !== 'ratio') taken.add(i);
    }
    this.#own = clauses.map((clause) => this.#wordsOf(clause, taken));
  }

  /** The label of a figure: the words of its clause and key, led by what the line is about. */
  of({ from, key }: Figure): string {
    const at = this.#clauses.findIndex((clause) => clause.from <= from && from < clause.to);
    const own = this.#own[at] ?? [];
    const above = this.#headOf(at);
    const keyed = key.filter(telling);
    const words = [
      ...this.#section,
      ...(own.length > 0 && above === null ? [] : (above ?? [])),
      ...own,
      ...keyed,
    ];
    return [...new Set(words)].slice(0, MAX_WORDS).join(' ');
  }

  /** Words of the clause that this one stands under; null where this one is about itself. */
  #headOf(at: number): readonly string[] | null {
    const clause = this.#clauses[at];
    const parent = this.#clauses[clause?.parent ?? -1];
    if (clause === undefined || parent === undefined) return null;
    const bracket = clause.depth > parent.depth;
    const empty = (this.#own[at] ?? []).length === 0;
    if (bracket || empty || this.#introduces(at)) {
      const upper = this.#own[clause.parent] ?? [];
      return upper.length > 0 ? upper : this.#headOf(clause.parent);
    }
    return this.#leading();
  }

  /** Whether a clause of one key and value follows words without a figure: `run finished: texts=3, rate=2`. */
  #introduces(at: number): boolean {
    const first = this.#clauses[0];
    return first !== undefined && at > 0 && !this.#hasNumber(first);
  }

  /** What stands in front of the first colon of the line, where more than one thing follows. */
  #leading(): readonly string[] | null {
    const first = this.#clauses[0];
    if (first === undefined) return null;
    const head = this.#tokens.slice(first.from, first.to);
    const colon = head.findIndex(({ text }) => text === ':');
    if (colon <= 0) return null;
    const words = head
      .slice(0, colon)
      .flatMap(({ type, text }) => (type === 'word' ? splitName(text) : []));
    const told = words.filter(telling);
    return told.length > 0 ? told : null;
  }

  #hasNumber(clause: Clause): boolean {
    return this.#tokens
      .slice(clause.from, clause.to)
      .some(({ type }) => type === 'number' || type === 'clock');
  }

  #wordsOf(clause: Clause, taken: ReadonlySet<number>): string[] {
    const words: string[] = [];
    for (let i = clause.from; i < clause.to; i += 1) {
      const token = this.#tokens[i];
      if (token === undefined || taken.has(i)) continue;
      const next = this.#tokens[i + 1]?.text;
      const before = this.#tokens[i - 1]?.text;
      if (next === '=') continue;
      if (before === '=') {
        const name = this.#tokens[i - 2]?.text ?? '';
        if (!NAMING_KEYS.has(keyWords(name).words.join(' '))) continue;
      }
      if (token.type === 'quoted') {
        words.push(...splitName(token.text).slice(0, 6));
      } else if (token.type === 'word') {
        words.push(...(/\d/u.test(token.text) ? [] : splitName(token.text)));
      }
    }
    return words.filter(telling);
  }
}

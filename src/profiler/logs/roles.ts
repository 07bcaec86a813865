import type { MeasurementRole } from '../model/logSummary.ts';
import type { Clause } from './clauses.ts';
import type { Figure } from './figure.ts';
import { splitName } from './keyWords.ts';
import type { Token } from './tokens.ts';
import { targetListOf } from './targetList.ts';
import { ACTUAL_WORDS, COMPARATORS, REQUESTED_WORDS, TARGET_WORDS } from './vocabulary.ts';

export interface FigureRole {
  readonly role: MeasurementRole;
  readonly direction: 'at-most' | 'at-least' | null;
}

type Turn = MeasurementRole | null;

/** What a word says of the figures behind it. */
function turnOf(word: string): Turn {
  const lower = word.toLowerCase();
  if (TARGET_WORDS.has(lower)) return 'target';
  if (ACTUAL_WORDS.has(lower)) return 'actual';
  return REQUESTED_WORDS.has(lower) ? 'requested' : null;
}

/** What a key such as `expected_rate` or `timeoutMs` says of its figure. */
function turnOfKey(name: string): Turn {
  const turns = splitName(name).map(turnOf);
  return turns.includes('target') ? 'target' : (turns.find((turn) => turn !== null) ?? null);
}

const words = (tokens: readonly Token[], from: number, to: number): string =>
  tokens
    .slice(Math.max(0, from), to)
    .map(({ text }) => text.toLowerCase())
    .join(' ');

/** The comparison right in front of a figure, or right behind it (`90 % or more`). */
function comparisonAt(
  tokens: readonly Token[],
  { kind, from, to }: Figure,
): { direction: 'at-most' | 'at-least' | null; sign: boolean; firm: boolean } {
  const before = tokens[from - 1];
  if (before?.type === 'compare') {
    return { direction: COMPARATORS[before.text] ?? null, sign: true, firm: true };
  }
  for (const count of [3, 2, 1]) {
    const phrase = words(tokens, from - count, from);
    const direction = Object.hasOwn(COMPARATORS, phrase) ? COMPARATORS[phrase] : undefined;
    if (direction !== undefined) {
      return { direction, sign: false, firm: /^(?:at |no more|no less|not )/u.test(phrase) };
    }
  }
  const least = kind === 'percentage' ? leastShare(words(tokens, from - 5, from)) : null;
  if (least !== null) return { direction: least, sign: false, firm: true };
  const behind = words(tokens, to, to + 2);
  if (/^or (?:more|better|higher|above)/u.test(behind))
    return { direction: 'at-least', sign: false, firm: true };
  if (/^or (?:less|fewer|lower|below|faster)/u.test(behind))
    return { direction: 'at-most', sign: false, firm: true };
  return { direction: null, sign: false, firm: false };
}

/** `minimum share is`, `required coverage:`: the figure behind is the least one, not a result. */
function leastShare(before: string): 'at-least' | null {
  return /(?:^|\s)(?:minimum|minimal|required|mindestens|mindest\p{L}+|least)(?: (?!of |in )\p{L}+){0,2} (?:is|of|ist|be|[:=])$/u.test(
    before,
  )
    ? 'at-least'
    : null;
}

/** Whether the words behind a figure turn it: `23-30 texts/s expected`. */
function turnBehind(tokens: readonly Token[], { to }: Figure, clauseEnd: number): Turn {
  for (let i = to; i < Math.min(clauseEnd, to + 3); i += 1) {
    const token = tokens[i];
    if (token?.type !== 'word') return null;
    const turn = turnOf(token.text);
    if (turn === 'actual') return null;
    if (turn !== null) {
      const next = tokens[i + 1];
      const leads =
        i + 1 < clauseEnd &&
        /^(?:[:=<>≤≥]|number|clock|compare)$/u.test(
          next?.type === 'mark' ? next.text : (next?.type ?? ''),
        );
      return leads ? null : turn;
    }
  }
  return null;
}

/** The last turn among the words in front of a figure in its clause. */
function turnBefore(tokens: readonly Token[], from: number, to: number, listed = false): Turn {
  for (let i = to - 1; i >= from; i -= 1) {
    const token = tokens[i];
    if (token === undefined) continue;
    const mark = tokens[i + 1]?.text ?? '';
    const quotedKey = token.type === 'quoted' && [':', '='].includes(mark);
    if (token.type !== 'word' && !quotedKey) continue;
    const keyed = mark === '=' || quotedKey;
    const turn = keyed ? turnOfKey(token.text) : (turnOf(token.text) ?? nameTurn(token.text));
    if (keyed && i + 2 >= to - 1) return turn ?? (listed ? null : 'actual');
    // `target was 90 %`
    const before = tokens[i - 1];
    if (
      /^(?:was|were)$/iu.test(token.text) &&
      i > from &&
      TARGET_WORDS.has(before?.text.toLowerCase() ?? '')
    )
      continue;
    if (turn !== null) return turn;
  }
  return null;
}

const nameTurn = (word: string): Turn => (/[_.]|\p{Ll}\p{Lu}/u.test(word) ? turnOfKey(word) : null);

/**
 * Tells of each figure whether it was, was wanted or was asked for.
 *
 * @param section what the heading above the line says (`Targets:`), if anything.
 */
export function figureRoles(
  tokens: readonly Token[],
  clauses: readonly Clause[],
  figures: readonly Figure[],
  section: Turn,
): FigureRole[] {
  const list = targetListOf(tokens, figures);
  return figures.map((each) => {
    const index = clauses.findIndex(({ from, to }) => from <= each.from && each.from < to);
    const clause = clauses[index] ?? { from: 0, to: tokens.length, depth: 0, parent: -1 };
    const comparison = comparisonAt(tokens, each);
    const listed = list !== null && list.from < each.from && !list.facts.has(each);
    let turn =
      turnBefore(tokens, clause.from, each.from, listed || isBound(each, comparison.sign)) ??
      turnBehind(tokens, each, clause.to);
    if (turn === null) {
      turn = inherited(tokens, clauses, clause, each) ?? (listed ? 'target' : section);
    }
    if (turn === null && (comparison.sign || comparison.firm)) turn = 'target';
    const role = turn ?? 'actual';
    return {
      role,
      direction:
        role === 'actual' ? null : (comparison.direction ?? directionOfWords(tokens, clause, each)),
    };
  });
}

/** `minimum=">= 90 %"`: with a sign such a key is a bound; without one it may be a statistic. */
function isBound({ key }: Figure, sign: boolean): boolean {
  return sign && key.some((word) => /^(?:min|minimum|max|maximum|least|most)$/u.test(word));
}

/** A clause without words of its own, such as the 30 s of `target: > 90 %, < 30 s`, is as the one before it. */
function inherited(
  tokens: readonly Token[],
  clauses: readonly Clause[],
  clause: Clause,
  { from }: Figure,
): Turn {
  const before = tokens.slice(clause.from, from);
  const parent = clauses[clause.parent];
  if (parent === undefined || before.some(({ type }) => type === 'word' || type === 'quoted')) {
    return null;
  }
  // What stands in brackets behind a target explains it; what stands in brackets behind a fact may not.
  return parent.depth <= clause.depth ? turnBefore(tokens, parent.from, parent.to) : null;
}

function directionOfWords(
  tokens: readonly Token[],
  clause: Clause,
  { from }: Figure,
): 'at-most' | 'at-least' | null {
  const before = words(tokens, clause.from, from);
  if (
    /\b(?:limit|threshold|ceiling|cap|budget|max|maximum|timeout|deadline|at most|should take|no longer than)\b/u.test(
      before,
    )
  )
    return 'at-most';
  return /\b(?:min|minimum|at least)\b/u.test(before) ? 'at-least' : null;
}

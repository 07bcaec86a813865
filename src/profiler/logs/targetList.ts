import type { Figure } from './figure.ts';
import type { Token } from './tokens.ts';
import { ACTUAL_WORDS, TARGET_WORDS } from './vocabulary.ts';

/** The part of a line that lists what is wanted: `Goals: 5-6 minutes, RTF 0.15; 40 hours/hour`. */
export interface TargetList {
  /** Token behind which the figures are targets, where nothing nearer says something else. */
  readonly from: number;
  /** Figures behind it that are no targets all the same. */
  readonly facts: ReadonlySet<Figure>;
}

const PLURAL =
  /^(?:targets|goals|expectations|requirements|objectives|budgets|ziele|zielwerte|vorgaben|objectifs|objetivos)$/iu;
/** Words that may stand in front of the word for targets. */
const MAX_LEAD = 8;
const NO_FACTS: ReadonlySet<Figure> = new Set();

/**
 * Finds a word for targets that leads a list: a colon stands behind it, or keys with their values do, and no figure in
 * front. Behind a singular (`target: 90 %, coverage: 34 %`) a second figure of one kind says what was.
 */
export function targetListOf(
  tokens: readonly Token[],
  figures: readonly Figure[],
): TargetList | null {
  const first = figures[0]?.from ?? 0;
  let words = 0;
  // `[ingest.worker] Targets: …`
  const start = tokens[0]?.text === '[' ? tokens.findIndex(({ text }) => text === ']') + 1 : 0;
  for (let at = start; at < first && words < MAX_LEAD; at += 1) {
    const token = tokens[at];
    if (token?.type === 'mark' && /^[([{]$/u.test(token.text)) return null;
    if (token?.type !== 'word') continue;
    words += 1;
    const lower = token.text.toLowerCase();
    if (ACTUAL_WORDS.has(lower)) return null;
    if (!TARGET_WORDS.has(lower) || tokens[at + 1]?.text === '=') continue;
    const plural = PLURAL.test(lower);
    if (!leads(tokens, at, plural)) continue;
    return { from: at, facts: plural ? NO_FACTS : repeatedKinds(figures) };
  }
  return null;
}

/** A colon behind the word, keys, or (`Goals for the run: …`) words up to a colon. */
function leads(tokens: readonly Token[], at: number, plural: boolean): boolean {
  for (let i = at + 1; i <= at + (plural ? 6 : 1); i += 1) {
    const token = tokens[i];
    if (token?.text === ':') return true;
    if (token?.type !== 'word') return false;
    if (tokens[i + 1]?.text === '=') return true;
  }
  return false;
}

function repeatedKinds(figures: readonly Figure[]): ReadonlySet<Figure> {
  const seen = new Set<string>();
  return new Set(
    figures.filter(({ kind, unit }) => {
      const share = kind === 'ratio' || kind === 'percentage';
      const key = share ? 'share' : `${kind} ${unit}`;
      return seen.has(key) || (seen.add(key), kind === 'ratio' || kind === 'count');
    }),
  );
}

import type { Tone } from './sign.ts';
import type { ChangeVerdict, DashboardRun } from '../../src/protocol/runMessages.ts';

/** How a verdict is shown: a sign and a word, never its colour alone. */
export interface VerdictLook {
  readonly sign: string;
  readonly word: string;
  /** Its colour. */
  readonly tone: Tone;
}

const LOOKS: Readonly<Record<ChangeVerdict['word'], VerdictLook>> = {
  slower: { sign: '▲', word: 'worse', tone: 'bad' },
  faster: { sign: '▼', word: 'better', tone: 'good' },
  same: { sign: '=', word: 'same', tone: 'same' },
  inconclusive: { sign: '?', word: 'inconclusive', tone: 'unknown' },
  withheld: { sign: '⊘', word: 'withheld', tone: 'maybe' },
};
const LEANING: Readonly<Record<'slower' | 'faster', VerdictLook>> = {
  slower: { sign: '△', word: 'maybe slower', tone: 'maybe' },
  faster: { sign: '▽', word: 'maybe faster', tone: 'unknown' },
};

/** The look of a verdict. */
export function verdictLook({ word, leans }: ChangeVerdict): VerdictLook {
  return leans === null ? LOOKS[word] : LEANING[leans];
}

/** What is to be said of a run at its point: its end where it has none, else its verdict; null for the first of all. */
export function runLook({
  status,
  seconds,
  verdict,
}: Pick<DashboardRun, 'status' | 'seconds' | 'verdict'>): VerdictLook | null {
  if (status !== 'done') return { sign: '✕', word: status, tone: 'bad' };
  if (seconds === null && verdict === null) return null;
  return verdict === null ? null : verdictLook(verdict);
}

/** The sentence of a verdict beside its word, which it need not say again. */
export function verdictSentence({ text }: ChangeVerdict): string {
  return text.replace(/^Maybe (?:slower|faster)[,:] /u, '');
}

/** Where the verdict comes from. */
export function tierText({ tier }: ChangeVerdict): string {
  if (tier === 0) return 'exact figures';
  return tier === 1 ? 'hint from earlier sessions' : 'confirmed';
}

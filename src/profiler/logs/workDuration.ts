import type { Figure } from './figure.ts';
import { splitName } from './keyWords.ts';
import type { Token } from './tokens.ts';
import { OTHER_TIME_WORDS } from './vocabulary.ts';

const MEDIA =
  /^(?:audio|video|media|recording|clip|film|episode|podcasts?|track|content|playback|speech|silence|song)$/u;
const LENGTH = /^(?:duration|length|time|total|seconds|long|in)$/u;
/** Words of a figure over several pieces of work. */
const STATISTIC =
  /^(?:p\d{2,3}|avg|average|mean|median|per|each|percentile|worst|best|fastest|slowest|stddev|std|sd)$/iu;
const SPENT =
  /^(?:in|took|takes|taken|elapsed|after|spent|lasted|needed|duration|time|runtime|latency|within|total|wall)$/iu;

/**
 * Whether a duration is how long the work of its line took: no time-out, no interval, no estimate, no length of a
 * recording.
 */
export function isWorkDuration(tokens: readonly Token[], figure: Figure): boolean {
  if (figure.kind !== 'duration' || figure.progress || (figure.value ?? -1) < 0) return false;
  const { from, to, key } = figure;
  if (key.length > 0) {
    if (
      key.every((word) => MEDIA.test(word) || LENGTH.test(word)) &&
      key.some((word) => MEDIA.test(word))
    )
      return false;
    return !key.some(
      (word) =>
        STATISTIC.test(word) ||
        (OTHER_TIME_WORDS.has(word) && !MEDIA.test(word) && word !== 'wait'),
    );
  }
  const before = lower(tokens[from - 1]);
  const next = lower(tokens[to]);
  const second = lower(tokens[to + 1]);
  if (/^(?:each|apiece|average|mean|median|per|\/)$/u.test(next)) return false;
  if (tokens.slice(Math.max(0, from - 4), from).some(({ text }) => STATISTIC.test(text)))
    return false;
  if (
    /^(?:ago|left|remaining|timeout|interval|long|old|window|limit|deadline|backoff)$/u.test(next)
  )
    return false;
  if (MEDIA.test(next) || (/^(?:of|worth)$/u.test(next) && second !== 'the')) return false;
  // In brackets behind a file it is the file's length; with a dash it names a thing (`8-second chunks`).
  if (before === '(' && namesAThing(tokens, from - 2)) return false;
  if (/^\d[\d.,]*-\p{L}+$/u.test(tokens[from]?.text ?? '')) return false;
  if (SPENT.test(before)) return !/^(?:retry\w*|sleep\w*|wait)$/u.test(lower(tokens[from - 2]));
  for (let i = from - 1; i >= Math.max(0, from - 4); i -= 1) {
    const token = tokens[i];
    if (token?.type === 'mark' && /^[,;|.)]$/u.test(token.text)) break;
    if (token?.type !== 'word') continue;
    if (splitName(token.text).some((word) => OTHER_TIME_WORDS.has(word) && !MEDIA.test(word)))
      return false;
  }
  const words = tokens
    .slice(0, from)
    .filter(({ type }) => type === 'word')
    .map(lower);
  return !(words.length > 0 && words.every((word) => MEDIA.test(word) || LENGTH.test(word)));
}

/** A file's name, or a quoted one at whose line nothing says that it is done: `Processing "Harbour lights" (98 min)`. */
function namesAThing(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.type === 'path') return true;
  return token?.type === 'quoted' && /ing$/iu.test(tokens.find(isWord)?.text ?? '');
}

const isWord = ({ type }: Token): boolean => type === 'word';

/** Whether a word in front of a duration, or its key, says that this time was spent. */
export function isSpent(tokens: readonly Token[], { from, key }: Figure): boolean {
  const words = key.length > 0 ? key : [lower(tokens[from - 1])];
  return words.some((word) =>
    /^(?:in|took|takes|taken|elapsed|after|spent|lasted|needed|runtime|latency)$/u.test(word),
  );
}

const lower = (token: Token | undefined): string => token?.text.toLowerCase() ?? '';

/** A name for the work that a line tells of: its words up to the duration, without figures and names. */
export function workName(
  tokens: readonly Token[],
  figure: Figure,
  figures: readonly Figure[],
): string {
  const taken = new Set<number>();
  for (const { kind, from, to } of figures) {
    // What is counted is part of the name, how many of it is not.
    for (let i = from; i < to; i += 1) {
      if ((kind !== 'count' && kind !== 'ratio') || tokens[i]?.type !== 'word') taken.add(i);
    }
  }
  const words: string[] = [];
  for (let i = 0; i < figure.from && words.length < 12; i += 1) {
    const token = tokens[i];
    if (token?.type === 'mark' && /^[([|]$/u.test(token.text) && words.length > 0) break;
    if (token === undefined || taken.has(i) || tokens[i + 1]?.text === '=') continue;
    if (/^of$/iu.test(token.text) && taken.has(i - 1)) continue;
    if (token.type === 'quoted') words.push(token.text);
    else if (/^\P{N}*\p{L}\P{N}*$/u.test(token.text) && token.type === 'word')
      words.push(token.text);
  }
  while (
    words.length > 0 &&
    (SPENT.test(words.at(-1) ?? '') ||
      /^(?:for|of|a|the|was|is|by|with|at|done|ok|completed?|finished)$/iu.test(words.at(-1) ?? ''))
  ) {
    words.pop();
  }
  return words.join(' ').slice(0, 120);
}

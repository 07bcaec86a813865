import { type Figure, figure } from './figure.ts';
import { splitName } from './keyWords.ts';
import { isPathLike, isSourcePlace } from './paths.ts';
import type { Token } from './tokens.ts';
import { LOAD_WORDS } from './vocabulary.ts';

/** Words between `load` and the name of what is loaded. */
const BETWEEN =
  /^(?:the|a|an|from|file|files|of|model|models|audio|video|media|data|dataset|weights|checkpoint|tokenizer|tokeniser|config|configuration|index|image|table|module|plugin|vocabulary|embeddings?|name|path|url|input|speech|voice|language|whisper|cached?)$/iu;
const MODEL = /^(?:model|checkpoint|tokenizer|tokeniser|dataset)$/iu;
const NAME_KEY =
  /^(?:.* )?(?:file|path|url|uri|filename|file name|model|model name|resource|source|input|dataset|checkpoint|audio|video|media)$/u;

/** Finds the files, URLs and models that a line names: their names are the keys of resources. */
export function findResources(tokens: readonly Token[]): Figure[] {
  const found: Figure[] = [];
  tokens.forEach((token, at) => {
    const name = nameAt(tokens, at, token);
    if (name !== null) found.push(figure('resource', null, at, at + 1, { text: name }));
  });
  return found;
}

function nameAt(tokens: readonly Token[], at: number, token: Token): string | null {
  const { type, text } = token;
  if (type === 'path') return isSourcePlace(text) ? null : text;
  if (text.length < 2 || text.length > 400) return null;
  if (type === 'quoted') {
    if (!text.includes(' ') && isPathLike(text)) return isSourcePlace(text) ? null : text;
    if (/\.\w{2,5}$/u.test(text) && /[\\/]/u.test(text)) return text;
    return isLoaded(tokens, at) || isNamed(tokens, at) ? text : null;
  }
  if (type !== 'word' && type !== 'number' && type !== 'opaque') return null;
  return looksNamed(text) && (isNamed(tokens, at) || isLoaded(tokens, at)) ? text : null;
}

/** A name that no sentence has by chance: with digits, hyphens, dots or slashes in it. */
const looksNamed = (text: string): boolean =>
  /^\p{L}[\p{L}\d._/@:+-]*$/u.test(text) && /[\d._/@-]/u.test(text) && /\p{L}/u.test(text);

/** Whether a verb of loading stands in front, with at most three words between that name kinds of things. */
function isLoaded(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 5); i -= 1) {
    const word = tokens[i];
    if (word?.text === ':' || word?.text === '=') continue;
    if (word?.type !== 'word') return false;
    if (LOAD_WORDS.has(word.text.toLowerCase()) || MODEL.test(word.text)) return true;
    if (!BETWEEN.test(word.text)) return false;
  }
  return false;
}

/** Whether it is the value of a key such as `model=` or `file:`. */
function isNamed(tokens: readonly Token[], at: number): boolean {
  const mark = tokens[at - 1]?.text;
  const key = tokens[at - 2];
  if ((mark !== '=' && mark !== ':') || (key?.type !== 'word' && key?.type !== 'quoted'))
    return false;
  return NAME_KEY.test(splitName(key.text).join(' '));
}

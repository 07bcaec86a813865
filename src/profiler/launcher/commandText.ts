import { isSecretName } from './secretName.ts';

const MASK = '***';
/** `--password=…`, `DB_PASS=…`, `pass:…`. */
const WITH_VALUE = /^(-{0,2}([\w.-]+)[=:]).+$/su;
const OPTION = /^-{1,2}([\w.-]+)$/u;
/** What stands behind an option is its value, if it is no long option itself. */
const LONG_OPTION = /^--[a-z][\w-]*(?:=.*)?$/isu;
/** Options of curl and its like that take `user:password`. */
const USER_OPTION = /^(?:-u|-U|--user|--proxy-user)$/u;
const USER_WITH_VALUE = /^(-[uU]|--user=|--proxy-user=)(.+)$/su;
/** Numbers of a user and a group, as containers take them, and addresses are no passwords. */
const USER_AND_PASSWORD = /^(?!\d+:\d+$)(?!\w+:\/\/)([^:]+:).+$/su;
const IN_URL = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s'"]+)/giu;
const IN_QUERY = /([?&;]([\w.-]+)=)[^&;#\s'"]+/gu;
/** `Authorization: Bearer …` and the like inside an argument. */
const HEADER = /(?<!\/)\b((?:[\w-]*(?:authorization|token|api-key|secret)|cookie)\s*:\s*)\S.*$/gisu;
/** Words of a command inside an argument, as `sh -c` takes it, and what is between them. */
const INNER = /(?:"[^"]*"|'[^']*'|[^\s"'])+|\s+|["']/gu;
const IN_QUOTES = /^(["'])((?:(?!\1).)*)\1$/su;

/** A command line as it may be kept and shown: values that look like secrets are masked, arguments quoted where needed. */
export function commandText(command: readonly string[]): string {
  const [program = '', ...args] = command;
  return [maskedInside(program), ...maskedWords(args)].map(quoted).join(' ');
}

function maskedWords(words: readonly string[]): string[] {
  let before = '';
  return words.map((word) => {
    const option = before;
    before = word;
    const name = OPTION.exec(option)?.[1];
    if (name !== undefined && isSecretName(name) && !LONG_OPTION.test(word)) return MASK;
    if (USER_OPTION.test(option)) return word.replace(USER_AND_PASSWORD, `$1${MASK}`);
    return masked(word);
  });
}

function masked(word: string): string {
  const [, beginning, name] = WITH_VALUE.exec(word) ?? [];
  if (beginning !== undefined && name !== undefined && isSecretName(name)) return beginning + MASK;
  const [, option, user] = USER_WITH_VALUE.exec(word) ?? [];
  if (option !== undefined && user !== undefined) {
    return option + maskedInside(user.replace(USER_AND_PASSWORD, `$1${MASK}`));
  }
  return maskedInside(word);
}

function maskedInside(word: string): string {
  const text = word
    .replace(IN_URL, (_, scheme: string, rest: string) => scheme + withoutUser(rest))
    .replace(IN_QUERY, (all, name: string, key: string) => (isSecretName(key) ? name + MASK : all))
    .replace(HEADER, `$1${MASK}`);
  if (!/\s/u.test(text)) return text;
  const [, quote, inner] = IN_QUOTES.exec(text) ?? [];
  if (quote !== undefined && inner !== undefined) return quote + maskedInside(inner) + quote;
  const pieces = text.match(INNER) ?? [];
  if (pieces.length < 2) return text;
  const words = maskedWords(pieces.filter((piece) => piece.trim() !== ''));
  let next = 0;
  return pieces.map((piece) => (piece.trim() === '' ? piece : (words[next++] ?? ''))).join('');
}

/** An address behind its `://` without who logs in. A password may hold slashes, where a colon tells it from a path. */
function withoutUser(rest: string): string {
  const authority = /^[^/?#]*/u.exec(rest)?.[0] ?? '';
  const inPath = !authority.includes('@') && authority.includes(':');
  const at = (inPath ? rest : authority).lastIndexOf('@');
  return at < 0 ? rest : MASK + rest.slice(at);
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

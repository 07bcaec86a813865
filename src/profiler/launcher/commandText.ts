const MASK = '***';
/** An option whose value is nobody's business: `--password`, `--api-key`, `-token`, `SECRET=`. */
const SECRET_NAME = String.raw`[\w.-]*(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|access[-_]?key|credentials?|authorization)`;
const WITH_VALUE = new RegExp(`^(-{0,2}${SECRET_NAME}[=:])(.+)$`, 'isu');
const ALONE = new RegExp(`^-{1,2}${SECRET_NAME}$`, 'iu');
/** `https://user:password@host`. */
const IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:)[^/\s@]+@/giu;
/** `Authorization: Bearer …` and the like inside an argument. */
const HEADER = /\b((?:authorization|x-api-key|cookie)\s*:\s*)\S.*$/giu;

/** A command line as it may be kept and shown: values that look like secrets are masked, arguments quoted where needed. */
export function commandText(command: readonly string[]): string {
  const shown: string[] = [];
  let valueOfSecret = false;
  for (const word of command) {
    shown.push(quoted(valueOfSecret && !word.startsWith('-') ? MASK : masked(word)));
    valueOfSecret = shown.length > 1 && ALONE.test(word);
  }
  return shown.join(' ');
}

function masked(word: string): string {
  return word
    .replace(WITH_VALUE, `$1${MASK}`)
    .replace(IN_URL, `$1${MASK}@`)
    .replace(HEADER, `$1${MASK}`);
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/u.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

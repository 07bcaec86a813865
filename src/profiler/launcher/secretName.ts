/** Last words of names whose values are nobody's business, also as the end of a word: `PGPASSWORD`, `mytoken`. */
const SECRET_ENDING =
  /(?:passw(?:or)?d|passphrase|passwort|secret|token|apikey|accesskey|credentials?|authorization|cookie)$/u;
/** Words that are secrets only as a whole: a bypass is none. */
const SECRET_WORDS: ReadonlySet<string> = new Set(
  'pass pwd pw pat auth psk jwt dbpass pgpass userpass userpwd'.split(' '),
);
/** What a key of is a secret; other keys are names of files or columns. */
const SECRET_KEY =
  /^(?:api|access|secret|private|signing|encryption|master|account|storage|client|auth|service|deploy|license|subscription|shared)key$/u;
/** Variables of every shell that hold folders. */
const FOLDERS: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);

/** Whether an option or variable of this name holds a secret: `--api-key`, `DB_PASS`, `keyStorePassword`. */
export function isSecretName(name: string): boolean {
  if (FOLDERS.has(name)) return false;
  const words = name
    .replace(/([a-z\d])([A-Z])/gu, '$1-$2')
    .toLowerCase()
    .split(/[-_.]+/u)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  return (
    SECRET_ENDING.test(last) || SECRET_WORDS.has(last) || SECRET_KEY.test(words.slice(-2).join(''))
  );
}

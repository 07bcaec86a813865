/** A parsed JSON text, with the offset of each key (or array item) by its path. */
export interface ParsedJson {
  readonly value: unknown;
  /** Where the key of a path stands, or the nearest thing around it that is there. */
  readonly offsetOf: (path: readonly PropertyKey[]) => number;
}

/** Text that is not JSON, with the offset at which that shows. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const MAX_DEPTH = 100;
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Parses strict JSON and remembers where the keys stand, so that an error about a value can name its line. */
export function parseJson(text: string): ParsedJson {
  const offsets = new Map<string, number>();
  let at = text.startsWith('\ufeff') ? 1 : 0;

  const fail = (message: string): never => {
    throw new JsonSyntaxError(at >= text.length ? 'the file ends too early' : message, at);
  };
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const skipSpace = () => match(/[ \t\r\n]*/y);
  const take = (character: string): boolean => {
    skipSpace();
    if (text[at] !== character) return false;
    at += 1;
    skipSpace();
    return true;
  };

  const string = (): string => {
    const raw = match(/"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy);
    return raw === null ? fail('a text in double quotes is expected') : (JSON.parse(raw) as string);
  };
  const object = (path: readonly PropertyKey[]): Record<string, unknown> => {
    const entries = new Map<string, unknown>();
    if (take('}')) return {};
    do {
      skipSpace();
      const keyAt = at;
      const key = string();
      if (entries.has(key)) {
        at = keyAt;
        fail(`the key "${key}" stands here for the second time`);
      }
      offsets.set(pathKey([...path, key]), keyAt);
      if (!take(':')) fail('":" is expected after a key');
      entries.set(key, value([...path, key]));
    } while (take(','));
    if (!take('}')) fail('"," or "}" is expected');
    return Object.fromEntries(entries);
  };
  const array = (path: readonly PropertyKey[]): unknown[] => {
    const items: unknown[] = [];
    if (take(']')) return items;
    do {
      skipSpace();
      offsets.set(pathKey([...path, items.length]), at);
      items.push(value([...path, items.length]));
    } while (take(','));
    if (!take(']')) fail('"," or "]" is expected');
    return items;
  };
  const value = (path: readonly PropertyKey[]): unknown => {
    if (path.length > MAX_DEPTH) fail('the nesting is too deep');
    if (take('{')) return object(path);
    if (take('[')) return array(path);
    if (text[at] === '"') return string();
    const number = match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== null) return Number(number);
    for (const [word, meaning] of LITERALS) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    return fail('a value is expected');
  };

  const start = (skipSpace(), at);
  const parsed = value([]);
  skipSpace();
  if (at < text.length) fail('nothing more is expected');
  return { value: parsed, offsetOf: (path) => nearest(offsets, path) ?? start };
}

function nearest(offsets: ReadonlyMap<string, number>, path: readonly PropertyKey[]) {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsets.get(pathKey(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return undefined;
}

function pathKey(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}

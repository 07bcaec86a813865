import type { AttributeValue } from '../../model/attributes.ts';
import type { JsonReader } from '../json/jsonReader.ts';
import { END_OF_OBJECT, KeySet } from '../json/keySet.ts';

/** Objects in arguments are taken apart to this depth (`data.url`); deeper ones are kept as JSON text. */
const MAX_DEPTH = 3;

const NO_KEYS = new KeySet([]);

/** The arguments of one event: parallel lists, reused for the next one. */
export class EventArguments {
  /** Those from `count` on are of earlier events. */
  readonly keys: string[] = [];
  readonly values: AttributeValue[] = [];
  count = 0;

  clear(): void {
    this.count = 0;
  }

  /** The value of a key, or undefined. */
  get(key: string): AttributeValue | undefined {
    for (let at = this.count - 1; at >= 0; at -= 1) {
      if (this.keys[at] === key) return this.values[at];
    }
    return undefined;
  }

  toObject(): Record<string, AttributeValue> {
    const keys = this.keys.slice(0, this.count);
    return Object.fromEntries(keys.map((key, i) => [key, this.values[i] ?? '']));
  }

  /** Reads the value of `args`. */
  read(reader: JsonReader, prefix = '', depth = 1): void {
    if (!reader.enterObject()) {
      reader.skip();
      return;
    }
    while (reader.nextKey(NO_KEYS) !== END_OF_OBJECT) {
      const key = prefix + reader.key();
      const kind = reader.peek();
      if (kind === 'object' && depth < MAX_DEPTH) {
        this.read(reader, `${key}.`, depth + 1);
        continue;
      }
      const value = readValue(reader, kind);
      if (value === null) continue;
      this.keys[this.count] = key;
      this.values[this.count] = value;
      this.count += 1;
    }
  }
}

function readValue(reader: JsonReader, kind: string): AttributeValue | null {
  switch (kind) {
    case 'string':
      return reader.readString();
    case 'number':
      return readNumber(reader);
    case 'boolean':
      return reader.readBoolean();
    case 'null':
      reader.skip();
      return null;
    default:
      return simpleArray(reader.readRaw());
  }
}

/** As it is written where a double does not hold it. */
function readNumber(reader: JsonReader): AttributeValue {
  const value = reader.readNumber();
  if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) {
    return value;
  }
  const text = reader.key();
  return /^-?\d{1,40}$/u.test(text) ? BigInt(text) : text;
}

/** A short array of plain values as such, everything else as JSON text. */
function simpleArray(raw: string): AttributeValue {
  if (raw.length > 4096 || !raw.startsWith('[')) return raw;
  try {
    const values = JSON.parse(raw) as unknown[];
    const isPlain = (value: unknown): value is string | number | boolean | null =>
      typeof value !== 'object' || value === null;
    return values.every(isPlain) ? values : raw;
  } catch {
    return raw;
  }
}

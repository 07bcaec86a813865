import type { ByteSource } from '../importer.ts';
import { JsonError } from '../json/jsonError.ts';
import { JsonStream } from '../json/jsonStream.ts';
import { KeySet } from '../json/keySet.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Told of a record, and of the values of the other keys that were read so far. */
export type OnRecord = (record: JsonRecord, offset: number) => void;

/**
 * Reads a JSON object that lists records under a key, one by one; other keys that are asked for are read whole.
 *
 * @param lists key of the list.
 * @param others told of each of these keys with its value; may come behind the list.
 */
export async function readRecords(
  source: ByteSource,
  signal: AbortSignal,
  lists: string,
  others: Readonly<Record<string, (value: unknown) => void>>,
  onRecord: OnRecord,
  reject: (offset: number, reason: string) => void,
): Promise<void> {
  const json = new JsonStream(source.chunks(), { signal });
  const names = Object.keys(others);
  const keys = new KeySet([lists, ...names]);
  await json.eachDocument(async () => {
    try {
      await json.eachKey(keys, async (key) => {
        if (key > 0) {
          const value = await json.read(() => json.reader.readAny());
          others[names[key - 1] ?? '']?.(value);
          return;
        }
        await json.eachElement(() => {
          const { offset } = json;
          const record = recordOf(json.reader.readAny());
          if (record === null) reject(offset, 'the entry is no object');
          else onRecord(record, offset);
        }, reject);
      });
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      reject(error.offset, error.message);
    }
  }, reject);
}

/** A value as an object, or null. */
export function recordOf(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : null;
}

/** The numbers of an array; NaN for other elements, nothing for another value. */
export function numbersOf(value: unknown): number[] {
  if (!Array.isArray(value)) return [];
  return value.map((element: unknown) => (typeof element === 'number' ? element : Number.NaN));
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

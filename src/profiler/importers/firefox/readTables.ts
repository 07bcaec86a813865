import type { Attributes } from '../../model/attributes.ts';
import type { JsonStream, OnReject } from '../json/jsonStream.ts';
import { KeySet } from '../json/keySet.ts';
import { isPossibleTime } from '../timeLimit.ts';
import type { MarkerColumns, NumberColumn, StackTables, TimedColumns } from './stagedThread.ts';

const NS_PER_MS = 1e6;

/** Longest value of a marker's data that is kept. */
const MAX_TEXT = 1000;
const MAX_ATTRIBUTES = 24;

/** Reads an array of numbers into a column; NaN for what is none. */
async function readNumbers(
  json: JsonStream,
  column: NumberColumn,
  reject: OnReject,
): Promise<void> {
  const { reader } = json;
  await json.eachElement(() => {
    const value = reader.readNumber();
    column.push(value);
  }, reject);
}

/** Reads an array of times in milliseconds; NaN for what is none, and what cannot be is rejected. */
async function readTimes(
  json: JsonStream,
  onTime: (ms: number) => void,
  reject: OnReject,
): Promise<void> {
  const { reader } = json;
  await json.eachElement(() => {
    const { offset } = reader;
    const ms = reader.readNumber();
    const possible = isPossibleTime(ms, NS_PER_MS);
    if (!possible && !Number.isNaN(ms)) reject(offset, 'a time that cannot be');
    onTime(possible ? ms : Number.NaN);
  }, reject);
}

/** Reads an object of columns, those that are asked for by name. */
export async function readColumns(
  json: JsonStream,
  columns: Readonly<Record<string, NumberColumn>>,
  reject: OnReject,
): Promise<void> {
  const names = Object.keys(columns);
  await json.eachKey(new KeySet(names), async (key) => {
    const column = columns[names[key] ?? ''];
    if (column !== undefined) await readNumbers(json, column, reject);
  });
}

/** Names of the tables that `readTable` reads. */
export const TABLES = [
  'stringArray',
  'stringTable',
  'stackTable',
  'frameTable',
  'funcTable',
  'sources',
] as const;

/** Reads the table at hand, of a thread or shared by all. */
export async function readTable(
  json: JsonStream,
  table: (typeof TABLES)[number],
  tables: StackTables,
  reject: OnReject,
): Promise<void> {
  const { reader } = json;
  switch (table) {
    case 'stringArray':
    case 'stringTable': {
      const strings: string[] = [];
      const read = await json.eachElement(() => {
        const text = reader.readString();
        strings.push(text ?? '');
      }, reject);
      if (read) tables.strings = strings;
      return;
    }
    case 'stackTable':
      await readColumns(json, { prefix: tables.stackPrefix, frame: tables.stackFrame }, reject);
      return;
    case 'frameTable':
      await readColumns(
        json,
        { func: tables.frameFunc, line: tables.frameLine, column: tables.frameColumn },
        reject,
      );
      return;
    case 'funcTable':
      await readColumns(
        json,
        {
          name: tables.funcName,
          fileName: tables.funcFile,
          source: tables.funcSource,
          lineNumber: tables.funcLine,
          columnNumber: tables.funcColumn,
        },
        reject,
      );
      return;
    case 'sources':
      await readColumns(json, { filename: tables.sourceFile }, reject);
  }
}

const TIMED = ['time', 'timeDeltas', 'stack', 'weight', 'count', 'weightType', 'schema'] as const;
const TIMED_KEYS = new KeySet(TIMED);

/** Reads samples, of a thread or of a counter. Gives whether they are rows with a schema, as raw profiles have them. */
export async function readTimed(
  json: JsonStream,
  timed: TimedColumns,
  reject: OnReject,
): Promise<boolean> {
  const { reader } = json;
  let isRaw = false;
  await json.eachKey(TIMED_KEYS, async (key) => {
    const name = TIMED[key];
    if (name === 'schema') isRaw = true;
    else if (name === 'weightType') {
      timed.weightType = (await json.read(() => reader.readString())) ?? '';
    } else if (name === 'time' || name === 'timeDeltas') {
      const isTime = name === 'time';
      await readTimes(json, (ms) => (isTime ? timed.addTime(ms) : timed.addTimeDelta(ms)), reject);
    } else if (name !== undefined) await readNumbers(json, timed[name], reject);
  });
  return isRaw;
}

const MARKERS = ['name', 'startTime', 'endTime', 'phase', 'data'] as const;
const MARKER_KEYS = new KeySet(MARKERS);

export async function readMarkers(
  json: JsonStream,
  markers: MarkerColumns,
  reject: OnReject,
): Promise<void> {
  const { reader } = json;
  await json.eachKey(MARKER_KEYS, async (key) => {
    const name = MARKERS[key];
    if (name === 'data') {
      await json.eachElement(() => {
        const attributes = attributesOf(reader.readAny());
        markers.data.push(attributes);
      }, reject);
    } else if (name === 'startTime' || name === 'endTime') {
      await readTimes(json, (ms) => markers[name].push(ms), reject);
    } else if (name !== undefined) await readNumbers(json, markers[name], reject);
  });
}

/** The plain values of a marker's data. */
function attributesOf(data: unknown): Attributes {
  if (typeof data !== 'object' || data === null) return {};
  const attributes: Record<string, Attributes[string]> = {};
  let count = 0;
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === 'string') attributes[`marker.${key}`] = value.slice(0, MAX_TEXT);
    else if (typeof value === 'number' || typeof value === 'boolean') {
      attributes[`marker.${key}`] = value;
    } else continue;
    count += 1;
    if (count === MAX_ATTRIBUTES) break;
  }
  return attributes;
}

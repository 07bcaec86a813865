import { GrowingColumn } from '../../model/growingColumn.ts';
import { JsonError } from '../json/jsonError.ts';
import type { JsonReader } from '../json/jsonReader.ts';
import type { JsonStream, OnReject } from '../json/jsonStream.ts';
import { END_OF_OBJECT, KeySet } from '../json/keySet.ts';
import { readNumbers } from '../json/readNumbers.ts';
import { isPossibleTime } from '../timeLimit.ts';
import type { V8Node, V8Profile } from './v8Profile.ts';

const NS_PER_US = 1e3;

const PROFILE = new KeySet(['nodes', 'samples', 'timeDeltas', 'startTime', 'endTime']);
const NODE = new KeySet(['id', 'callFrame', 'children', 'parent']);
const CALL_FRAME = new KeySet(['functionName', 'url', 'lineNumber', 'columnNumber']);

/** Reads the profile at hand, of any size. What is missing is empty, or NaN. */
export async function readV8Profile(json: JsonStream, reject: OnReject): Promise<V8Profile> {
  const { reader } = json;
  const nodes: V8Node[] = [];
  const samples = new GrowingColumn((n) => new Float64Array(n));
  const timeDeltas = new GrowingColumn((n) => new Float64Array(n));
  let startTime = Number.NaN;
  let endTime = Number.NaN;
  const readSample = (): void => {
    samples.push(reader.readNumber());
  };
  const readDelta = (): void => {
    const { offset } = reader;
    const delta = reader.readNumber();
    const possible = Number.isNaN(delta) || isPossibleTime(delta, NS_PER_US);
    if (!possible) reject(offset, 'a time delta that cannot be');
    timeDeltas.push(possible ? delta : 0);
  };
  try {
    await json.eachKey(PROFILE, async (key) => {
      if (key === 0) {
        await json.eachElement(() => {
          const node = readNode(reader);
          if (node !== null) nodes.push(node);
        }, reject);
      } else if (key === 1) await json.eachElement(readSample, reject);
      else if (key === 2) await json.eachElement(readDelta, reject);
      else {
        const { offset } = json;
        const time = await json.read(() => reader.readNumber());
        const possible = isPossibleTime(time, NS_PER_US);
        if (!possible && !Number.isNaN(time)) reject(offset, 'a time that cannot be');
        else if (key === 3) startTime = time;
        else endTime = time;
      }
    });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    reject(error.offset, error.message);
  }
  return { nodes, samples: samples.view(), timeDeltas: timeDeltas.view(), startTime, endTime };
}

function readNode(reader: JsonReader): V8Node | null {
  if (!reader.enterObject()) return null;
  let id = Number.NaN;
  let frame = { name: '', url: '', line: -1, column: -1 };
  let children: number[] = [];
  let parent: number | null = null;
  for (let key = reader.nextKey(NODE); key !== END_OF_OBJECT; key = reader.nextKey(NODE)) {
    if (key === 0) id = reader.readNumber();
    else if (key === 1) frame = readCallFrame(reader);
    else if (key === 2) children = readNumbers(reader);
    else if (key === 3) parent = reader.readNumber();
    else reader.skip();
  }
  if (Number.isNaN(id)) return null;
  return { id, ...frame, children, parent: Number.isNaN(parent) ? null : parent };
}

function readCallFrame(reader: JsonReader): Pick<V8Node, 'name' | 'url' | 'line' | 'column'> {
  const frame = { name: '', url: '', line: -1, column: -1 };
  if (!reader.enterObject()) {
    reader.skip();
    return frame;
  }
  for (
    let key = reader.nextKey(CALL_FRAME);
    key !== END_OF_OBJECT;
    key = reader.nextKey(CALL_FRAME)
  ) {
    if (key === 0) frame.name = reader.readString() ?? '';
    else if (key === 1) frame.url = reader.readString() ?? '';
    else if (key === 2) frame.line = reader.readNumber();
    else if (key === 3) frame.column = reader.readNumber();
    else reader.skip();
  }
  return frame;
}

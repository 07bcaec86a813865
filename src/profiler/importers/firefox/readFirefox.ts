import { JsonError } from '../json/jsonError.ts';
import type { JsonStream, OnReject } from '../json/jsonStream.ts';
import { KeySet } from '../json/keySet.ts';
import { TABLES, readMarkers, readTable, readTimed } from './readTables.ts';
import { type FirefoxFile, StackTables, StagedCounter, StagedThread } from './stagedThread.ts';

/** Most threads and counters of a file: each costs some kilobytes, however little it holds. */
const MAX_THREADS = 10_000;

const FILE = new KeySet(['meta', 'shared', 'threads', 'counters']);
const META = new KeySet(['product', 'startTime', 'interval', 'preprocessedProfileVersion']);
const SHARED = new KeySet(TABLES);
const WORDS = ['name', 'processName', 'pid', 'tid'] as const;
const THREAD = new KeySet([...WORDS, 'samples', 'markers', ...TABLES]);
const COUNTER = new KeySet(['name', 'category', 'pid', 'samples', 'sampleGroups']);

/** Reads the file at hand, of any size, its keys in any order. */
export async function readFirefox(json: JsonStream, reject: OnReject): Promise<FirefoxFile> {
  const { reader } = json;
  const file: FirefoxFile = {
    product: '',
    startTimeMs: Number.NaN,
    intervalMs: Number.NaN,
    version: Number.NaN,
    shared: new StackTables(),
    threads: [],
    counters: [],
    left: 0,
  };
  try {
    await json.eachKey(FILE, async (key) => {
      if (key === 0) {
        await json.eachKey(META, async (meta) => {
          if (meta === 0) file.product = (await json.read(() => reader.readString())) ?? '';
          else if (meta === 1) file.startTimeMs = await json.read(() => reader.readNumber());
          else if (meta === 2) file.intervalMs = await json.read(() => reader.readNumber());
          else file.version = await json.read(() => reader.readNumber());
        });
      } else if (key === 1) {
        await json.eachKey(SHARED, async (table) => {
          const name = TABLES[table];
          if (name !== undefined) await readTable(json, name, file.shared, reject);
        });
      } else if (key === 2) {
        await json.eachItem(async () => {
          if (file.threads.length === MAX_THREADS) {
            file.left += 1;
            return;
          }
          const thread = new StagedThread();
          file.threads.push(thread);
          await readThread(json, thread, reject);
        });
      } else {
        await json.eachItem(async () => {
          if (file.counters.length === MAX_THREADS) {
            file.left += 1;
            return;
          }
          const counter = new StagedCounter();
          file.counters.push(counter);
          await readCounter(json, counter, reject);
        });
      }
    });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    reject(error.offset, error.message);
  }
  return file;
}

async function readThread(json: JsonStream, thread: StagedThread, reject: OnReject): Promise<void> {
  await json.eachKey(THREAD, async (key) => {
    const word = WORDS[key];
    if (word !== undefined) {
      thread[word] = (await json.read(() => json.reader.readStringOrNumber())) ?? '';
    } else if (key === WORDS.length) {
      thread.isRaw ||= await readTimed(json, thread.samples, reject);
    } else if (key === WORDS.length + 1) {
      await readMarkers(json, thread.markers, reject);
    } else {
      const table = TABLES[key - WORDS.length - 2];
      if (table !== undefined) await readTable(json, table, thread.tables, reject);
    }
  });
}

async function readCounter(
  json: JsonStream,
  counter: StagedCounter,
  reject: OnReject,
): Promise<void> {
  const { reader } = json;
  const samples = async (): Promise<void> => {
    await readTimed(json, counter.samples, reject);
  };
  await json.eachKey(COUNTER, async (key) => {
    if (key === 0) counter.name = (await json.read(() => reader.readString())) ?? '';
    else if (key === 1) counter.category = (await json.read(() => reader.readString())) ?? '';
    else if (key === 2) counter.pid = (await json.read(() => reader.readStringOrNumber())) ?? '';
    else if (key === 3) await samples();
    else {
      // Before version 48 the samples lay in groups, of which there was one.
      await json.eachItem(async () => {
        await json.eachKey(new KeySet(['samples']), samples);
      });
    }
  });
}

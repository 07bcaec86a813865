import { MarshalError, MarshalReader, type MarshalTuple, type MarshalValue } from './marshal.ts';

/** A function of a profile, with what pstats says of it. */
export interface FunctionStats {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** Calls, without recursive ones. */
  readonly primitiveCalls: number;
  readonly calls: number;
  /** Without what it calls. */
  readonly ownSeconds: number;
  readonly cumulativeSeconds: number;
  /** By the key of the calling function. */
  readonly callers: ReadonlyMap<string, CallerStats>;
}

/** What a function did when a certain other one called it. */
export interface CallerStats {
  readonly calls: number;
  /** NaN where the profiler was the slow one of Python, `profile`, which does not know it. */
  readonly ownSeconds: number;
}

/** Reads the statistics of cProfile or profile; damaged entries are rejected, and all after damaged bytes. */
export function readStats(
  bytes: Uint8Array,
  reject: (offset: number, reason: string) => void,
): Map<string, FunctionStats> {
  const reader = new MarshalReader(bytes);
  const stats = new Map<string, FunctionStats>();
  try {
    reader.enterDictionary();
    for (;;) {
      const from = reader.offset;
      const pair = reader.nextPair();
      if (pair === null) return stats;
      const entry = entryOf(pair[0], pair[1]);
      if (entry === null) reject(from, 'an entry is no function with its times');
      else if (stats.has(entry.key)) reject(from, 'a function is there twice');
      else stats.set(entry.key, entry);
    }
  } catch (error) {
    if (!(error instanceof MarshalError)) throw error;
    reject(error.offset, error.message);
    return stats;
  }
}

function entryOf(key: MarshalValue, value: MarshalValue): FunctionStats | null {
  const place = placeOf(key);
  if (place === null || !isTuple(value) || value.length < 4) return null;
  const [primitiveCalls, calls, own, cumulative, callers] = value;
  const numbers = [primitiveCalls, calls, own, cumulative];
  if (!numbers.every((number) => typeof number === 'number' && number >= 0 && number < Infinity)) {
    return null;
  }
  return {
    ...place,
    primitiveCalls: Number(primitiveCalls),
    calls: Number(calls),
    ownSeconds: Number(own),
    cumulativeSeconds: Number(cumulative),
    callers: callersOf(callers),
  };
}

function placeOf(key: MarshalValue): Pick<FunctionStats, 'key' | 'file' | 'line' | 'name'> | null {
  if (!isTuple(key) || key.length !== 3) return null;
  const [file, line, name] = key;
  if (typeof file !== 'string' || typeof line !== 'number' || typeof name !== 'string') return null;
  return { key: `${file}\u0000${line}\u0000${name}`, file, line, name };
}

function callersOf(value: MarshalValue | undefined): Map<string, CallerStats> {
  const callers = new Map<string, CallerStats>();
  if (typeof value !== 'object' || value === null || isTuple(value)) return callers;
  for (const [key, stats] of value.pairs) {
    const place = placeOf(key);
    if (place === null) continue;
    if (typeof stats === 'number') callers.set(place.key, { calls: stats, ownSeconds: Number.NaN });
    else if (isTuple(stats)) {
      // Of a caller the calls come before the primitive ones.
      const [calls, , own] = stats;
      callers.set(place.key, {
        calls: typeof calls === 'number' ? calls : 0,
        ownSeconds: typeof own === 'number' && own >= 0 && own < Infinity ? own : Number.NaN,
      });
    }
  }
  return callers;
}

function isTuple(value: MarshalValue | undefined): value is MarshalTuple {
  return Array.isArray(value);
}

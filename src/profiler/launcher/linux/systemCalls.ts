import { createRequire } from 'node:module';
import type koffi from 'koffi';

type Koffi = typeof koffi;

/** Calls of the system that Node does not offer. Each gives -1 where it failed. */
export interface SystemCalls {
  inotifyInit(flags: number): number;
  inotifyAddWatch(fd: number, path: string, mask: number): number;
  inotifyRemoveWatch(fd: number, watch: number): number;
  /** What all children that have ended and were waited for have used, with their own such children; null where it failed. */
  childrenUsage(): ChildrenUsage | null;
  /** What went wrong in the last call: `ENOSPC`, …; empty where it is not known. */
  errorName(): string;
}

export interface ChildrenUsage {
  readonly cpuSeconds: number;
  /** Of the largest process there ever was among them. */
  readonly peakRssBytes: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  readonly voluntarySwitches: number;
  readonly involuntarySwitches: number;
}

/** Of <sys/resource.h>. */
const RUSAGE_CHILDREN = -1;
/** struct rusage where a long has 64 bits: two times of seconds and microseconds, then 14 longs. */
const RUSAGE_BYTES = 144;

let loaded: SystemCalls | null | undefined;

/** The calls, or null elsewhere than on Linux and where the package that makes them is not installed. */
export function systemCalls(): SystemCalls | null {
  loaded ??= load();
  return loaded;
}

function load(): SystemCalls | null {
  if (process.platform !== 'linux') return null;
  try {
    const ffi = createRequire(import.meta.filename)('koffi') as Koffi;
    const libc = ffi.load(null);
    const errorNames = new Map(Object.entries(ffi.os.errno).map(([name, code]) => [code, name]));
    const getrusage = libc.func('int getrusage(int, _Out_ uint8_t *)') as (
      who: number,
      usage: Buffer,
    ) => number;
    return {
      childrenUsage: () => readUsage(getrusage),
      inotifyInit: libc.func('int inotify_init1(int)'),
      inotifyAddWatch: libc.func('int inotify_add_watch(int, const char *, uint32_t)'),
      inotifyRemoveWatch: libc.func('int inotify_rm_watch(int, int)'),
      errorName: () => errorNames.get(ffi.errno()) ?? '',
    };
  } catch {
    return null;
  }
}

function readUsage(getrusage: (who: number, usage: Buffer) => number): ChildrenUsage | null {
  const usage = Buffer.alloc(RUSAGE_BYTES);
  if (getrusage(RUSAGE_CHILDREN, usage) !== 0) return null;
  const long = (index: number): number => Number(usage.readBigInt64LE(index * 8));
  return {
    cpuSeconds: long(0) + long(2) + (long(1) + long(3)) / 1e6,
    peakRssBytes: long(4) * 1024,
    minorFaults: long(8),
    majorFaults: long(9),
    voluntarySwitches: long(16),
    involuntarySwitches: long(17),
  };
}

import { COUNTER } from '../../model/attributeNames.ts';
import type { Counter, Run } from '../../model/run.ts';
import { says, wordsOf } from '../words.ts';
import { NS_PER_SECOND, type Seconds } from '../../model/units.ts';

/** Time in which the processor stood still. */
export interface FlatStretch {
  readonly from: Seconds;
  readonly to: Seconds;
  /** Mean share of one core. */
  readonly cpuShare: number;
}

/** Share of one core below which nothing computes. */
const FLAT = 0.1;
const LEAST_SECONDS: Seconds = 1;
/** Bytes a second from which on something is being transferred. */
const TRANSFER = 100_000;

/**
 * Stretches in which the whole process tree used next to no processor and read and wrote next to nothing, by the
 * counters of a run that was launched.
 */
export function flatStretches(run: Run): FlatStretch[] {
  const cpu = cpuCounterOf(run);
  if (cpu === null) return [];
  const found: FlatStretch[] = [];
  let from: Seconds | null = null;
  let sum = 0;
  let count = 0;
  const close = (to: Seconds): void => {
    if (from !== null && to - from >= LEAST_SECONDS && !isTransfer(run, from, to)) {
      found.push({ from, to, cpuShare: sum / Math.max(1, count) });
    }
    from = null;
    sum = 0;
    count = 0;
  };
  let before: Seconds = 0;
  for (let i = 0; i < cpu.timesNs.length; i += 1) {
    const at = (cpu.timesNs[i] ?? 0) / NS_PER_SECOND;
    const value = coresOf(cpu, i);
    if (value < FLAT) {
      // A sample tells of the time since the one before.
      from ??= before;
      sum += value;
      count += 1;
    } else close(before);
    before = at;
  }
  close(before);
  return found;
}

/** The counter of processor use: that of a launched run, else one that is named so. */
export function cpuCounterOf(run: Run): Counter | null {
  const own = run.counters.find(({ name }) => name === COUNTER.treeCpu);
  const named = run.counters.find(({ name }) => {
    const words = wordsOf(name);
    return words.includes('cpu') && says(words, /^(?:usage|use|util\w*|percent|load|cores)$/u);
  });
  return own ?? named ?? null;
}

/** Cores in use; a counter that passes what any machine has counts in percent. */
function coresOf({ values, unit }: Counter, i: number): number {
  const value = values[i] ?? 0;
  return unit === '%' || values.some((each) => each > MOST_CORES) ? value / 100 : value;
}

const MOST_CORES = 16;

function isTransfer(run: Run, from: Seconds, to: Seconds): boolean {
  return run.counters.some((counter) => {
    if (!/\bio\.(?:read|written)$/u.test(counter.name)) return false;
    let first = Number.NaN;
    let last = Number.NaN;
    counter.timesNs.forEach((timeNs, i) => {
      const at = timeNs / NS_PER_SECOND;
      if (at < from || at > to) return;
      if (Number.isNaN(first)) first = counter.values[i] ?? 0;
      last = counter.values[i] ?? 0;
    });
    return (last - first) / (to - from) > TRANSFER;
  });
}

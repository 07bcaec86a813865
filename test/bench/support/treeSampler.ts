import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MILLISECONDS = 100;
/** The proportional share is dear to ask for (the kernel walks all pages), so it is asked for less often. */
const SAMPLES_PER_SHARE = 10;
const PAGE_BYTES = 4096;
const TICKS_PER_SECOND = 100;

/** The most that a process tree took at one moment; null where the system has no `/proc`. */
export interface TreePeak {
  /** Sum of the processes' resident memory: pages that two share count twice. */
  readonly residentBytes: number | null;
  /** Sum of the proportional shares: a page that two share counts half in each. */
  readonly proportionalBytes: number | null;
  readonly processes: number;
  readonly samples: number;
}

/** Watches the memory of a process and all its descendants until it is stopped. */
export class TreeSampler {
  readonly #root: number;
  readonly #timer: NodeJS.Timeout;
  #resident: number | null = null;
  #proportional: number | null = null;
  #processes = 0;
  #samples = 0;

  constructor(root: number) {
    this.#root = root;
    this.#timer = setInterval(() => {
      this.#sample();
    }, SAMPLE_MILLISECONDS);
    this.#sample();
  }

  stop(): TreePeak {
    clearInterval(this.#timer);
    return {
      residentBytes: this.#resident,
      proportionalBytes: this.#proportional,
      processes: this.#processes,
      samples: this.#samples,
    };
  }

  #sample(): void {
    const pids = treeOf(this.#root);
    const resident = pids.reduce((sum, pid) => sum + residentOf(pid), 0);
    if (resident === 0) return;
    this.#processes = Math.max(this.#processes, pids.length);
    this.#resident = Math.max(this.#resident ?? 0, resident);
    if (this.#samples++ % SAMPLES_PER_SHARE !== 0) return;
    const proportional = pids.reduce((sum, pid) => sum + proportionalOf(pid), 0);
    if (proportional > 0) this.#proportional = Math.max(this.#proportional ?? 0, proportional);
  }
}

/**
 * CPU seconds of all processes that this one started and that have ended, with their descendants, as the kernel counts
 * them; null where the system has no `/proc`. Exact to 10 ms.
 */
export function endedChildrenCpuSeconds(): number | null {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

function treeOf(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter((child) => child !== '')
        .map(Number),
    );
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    return [pid];
  }
}

function residentOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}

function proportionalOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/mu.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

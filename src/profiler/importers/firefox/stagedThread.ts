import { GrowingColumn } from '../../model/growingColumn.ts';
import type { Attributes } from '../../model/attributes.ts';

/** Numbers of a table's column; NaN for null. */
export type NumberColumn = GrowingColumn<Float64Array>;

export function numberColumn(): NumberColumn {
  return new GrowingColumn((n) => new Float64Array(n));
}

/** The tables that stacks are looked up in: a thread's own, or, in newer files, shared by all threads. */
export class StackTables {
  strings: string[] | null = null;
  /** Stack → its caller's stack; NaN for none. */
  readonly stackPrefix = numberColumn();
  readonly stackFrame = numberColumn();
  readonly frameFunc = numberColumn();
  readonly frameLine = numberColumn();
  readonly frameColumn = numberColumn();
  readonly funcName = numberColumn();
  readonly funcFile = numberColumn();
  readonly funcSource = numberColumn();
  readonly funcLine = numberColumn();
  readonly funcColumn = numberColumn();
  /** Of newer files: source → string of its file name. */
  readonly sourceFile = numberColumn();

  get hasStacks(): boolean {
    return this.stackFrame.length > 0;
  }
}

/** Samples or values at times. A file states times or the distances between them. */
export class TimedColumns {
  readonly #time = numberColumn();
  readonly #timeDeltas = numberColumn();
  readonly stack = numberColumn();
  readonly weight = numberColumn();
  /** Of counters: by how much the value changed. */
  readonly count = numberColumn();
  weightType = '';

  get length(): number {
    return Math.max(this.#time.length, this.#timeDeltas.length);
  }

  addTime(ms: number): void {
    this.#time.push(ms);
  }

  addTimeDelta(ms: number): void {
    this.#timeDeltas.push(ms);
  }

  /** Milliseconds of each row; NaN where there is none. */
  timesMs(): Float64Array {
    if (this.#time.length > 0) return this.#time.view();
    let now = 0;
    return this.#timeDeltas.view().map((delta) => (now += Number.isFinite(delta) ? delta : 0));
  }
}

/** The markers of a thread. */
export class MarkerColumns {
  readonly name = numberColumn();
  readonly startTime = numberColumn();
  readonly endTime = numberColumn();
  readonly phase = numberColumn();
  readonly data: Attributes[] = [];
}

/** One thread of a file. */
export class StagedThread {
  name = '';
  processName = '';
  pid = '';
  tid = '';
  readonly tables = new StackTables();
  readonly samples = new TimedColumns();
  readonly markers = new MarkerColumns();
  /** Whether it is of the raw format of Gecko, whose tables are rows with a schema. */
  isRaw = false;
}

/** A time series of a process. */
export class StagedCounter {
  name = '';
  category = '';
  pid = '';
  readonly samples = new TimedColumns();
}

/** A file as it is staged. */
export interface FirefoxFile {
  product: string;
  /** Unix time in milliseconds, or NaN. */
  startTimeMs: number;
  /** Milliseconds between samples, or NaN. */
  intervalMs: number;
  version: number;
  readonly shared: StackTables;
  readonly threads: StagedThread[];
  readonly counters: StagedCounter[];
  /** Threads and counters that were not read: there are too many. */
  left: number;
}

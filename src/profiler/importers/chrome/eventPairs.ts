import type { Attributes } from '../../model/attributes.ts';
import { GrowingColumn } from '../../model/growingColumn.ts';
import { SPAN_STATUS } from '../../model/spanStatus.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import type { ImportRun } from '../importer.ts';

/** Instead of a handle, for an end. */
const IS_END = -1;

/** How many spans that are open at one time are looked at for the one that an end names. */
const MAX_CANDIDATES = 1024;

/**
 * Beginnings and ends that are told by events of their own, paired once all are there: by time, and in the order of the
 * file where the times are equal. Those of a thread, or of one asynchronous id, make a group.
 */
export class EventPairs {
  readonly #group = new GrowingColumn((n) => new Uint32Array(n));
  readonly #time = new GrowingColumn((n) => new Float64Array(n));
  readonly #handle = new GrowingColumn((n) => new Int32Array(n));
  readonly #name = new GrowingColumn((n) => new Uint32Array(n));
  readonly #offset = new GrowingColumn((n) => new Float64Array(n));
  readonly #endArguments = new Map<number, Attributes>();
  readonly #groups = new Map<string, number>();
  readonly #names = new Map<string, number>([['', 0]]);

  begin(group: string, timeNs: number, name: string, handle: SpanHandle): void {
    this.#add(group, timeNs, name, handle, 0);
  }

  /** @param name empty where the end does not say which one it ends. */
  end(group: string, timeNs: number, name: string, offset: number, args: Attributes | null): void {
    if (args !== null) this.#endArguments.set(this.#time.length, args);
    this.#add(group, timeNs, name, IS_END, offset);
  }

  /**
   * Closes the spans and nests them. Ends without a beginning are rejected; beginnings without an end stay open.
   *
   * @param lastNs when the trace ends.
   */
  pair(run: ImportRun, lastNs: number): void {
    const byGroup = this.#byGroup();
    let from = 0;
    while (from < byGroup.length) {
      const group = this.#group.get(byGroup[from] ?? 0);
      let to = from + 1;
      while (to < byGroup.length && this.#group.get(byGroup[to] ?? 0) === group) to += 1;
      this.#pairGroup(this.#byTime(byGroup.subarray(from, to)), run, lastNs);
      from = to;
    }
  }

  #add(group: string, timeNs: number, name: string, handle: SpanHandle, offset: number): void {
    this.#group.push(indexIn(this.#groups, group));
    this.#time.push(timeNs);
    this.#handle.push(handle);
    this.#name.push(indexIn(this.#names, name));
    this.#offset.push(offset);
  }

  #byGroup(): Uint32Array {
    const next = new Uint32Array(this.#groups.size + 1);
    for (const group of this.#group.view()) next[group + 1] = (next[group + 1] ?? 0) + 1;
    for (let group = 1; group < next.length; group += 1) {
      next[group] = (next[group] ?? 0) + (next[group - 1] ?? 0);
    }
    const order = new Uint32Array(this.#time.length);
    this.#group.view().forEach((group, mark) => {
      const to = next[group] ?? 0;
      order[to] = mark;
      next[group] = to + 1;
    });
    return order;
  }

  #byTime(marks: Uint32Array): Uint32Array {
    const time = this.#time.view();
    for (let i = 1; i < marks.length; i += 1) {
      if ((time[marks[i] ?? 0] ?? 0) < (time[marks[i - 1] ?? 0] ?? 0)) {
        return marks.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b);
      }
    }
    return marks;
  }

  #pairGroup(marks: Uint32Array, run: ImportRun, lastNs: number): void {
    const { builder } = run;
    const open: number[] = [];
    const close = (begin: number, timeNs: number, status: 0 | 3): void => {
      const duration = Math.max(0, timeNs - this.#time.get(begin));
      builder.closeSpan(this.#handle.get(begin), duration, status);
    };
    for (const mark of marks) {
      const handle = this.#handle.get(mark);
      const time = this.#time.get(mark);
      if (handle !== IS_END) {
        const parent = open.at(-1);
        if (parent !== undefined) builder.setParent(handle, this.#handle.get(parent));
        open.push(mark);
        continue;
      }
      const at = this.#opened(open, this.#name.get(mark));
      if (at < 0) {
        run.reject(this.#offset.get(mark), 'an end without a beginning');
        continue;
      }
      for (const inner of open.splice(at + 1)) close(inner, time, SPAN_STATUS.open);
      const begin = open.pop() ?? 0;
      close(begin, time, SPAN_STATUS.unset);
      const args = this.#endArguments.get(mark);
      if (args !== undefined) builder.setAttributes(this.#handle.get(begin), args);
    }
    for (const begin of open) close(begin, lastNs, SPAN_STATUS.open);
  }

  /** Position of the innermost open span that an end of this name ends; -1 without one. */
  #opened(open: readonly number[], name: number): number {
    if (name === 0) return open.length - 1;
    const lowest = Math.max(0, open.length - MAX_CANDIDATES);
    for (let at = open.length - 1; at >= lowest; at -= 1) {
      if (this.#name.get(open[at] ?? 0) === name) return at;
    }
    return -1;
  }
}

function indexIn(indexes: Map<string, number>, text: string): number {
  const known = indexes.get(text);
  if (known !== undefined) return known;
  indexes.set(text, indexes.size);
  return indexes.size - 1;
}

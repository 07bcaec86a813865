import type { ImportRun } from '../importer.ts';

/** Rejections that a run keeps one by one; more are only counted. */
const MAX_KEPT = 1000;

/** Keeps rejections of what is read before a run can begin. */
export class LateRejections {
  readonly #kept: [number | null, string][] = [];
  #more = 0;

  readonly reject = (offset: number | null, reason: string): void => {
    if (this.#kept.length < MAX_KEPT) this.#kept.push([offset, reason]);
    else this.#more += 1;
  };

  get count(): number {
    return this.#kept.length + this.#more;
  }

  /** Why the first of them could not be read; empty without one. */
  get firstReason(): string {
    return this.#kept[0]?.[1] ?? '';
  }

  /** Tells the run of all of them, once. */
  handOver(run: ImportRun): void {
    for (const [offset, reason] of this.#kept) run.reject(offset, reason);
    for (let i = 0; i < this.#more; i += 1) run.reject(null, 'and further rows');
    this.#kept.length = 0;
    this.#more = 0;
  }
}

import type { OpenTemplate } from './templates.ts';

/** Lines of each template that are looked at in full while there are few of them. */
const EXAMINED_FIRST = 2000;
/** The same once a lot of lines were looked at, so that thousands of templates cost no more than a few. */
const EXAMINED_LATER = 50;
const A_LOT = 25_000;
/** Lines of each template that become instants one by one. */
const KEPT_FIRST = 100;

/**
 * Decides which lines of a template are looked at and kept: the first ones all, then every second, every fourth and so
 * on, so that any number of lines comes down to a few thousand that lie over all of the log.
 */
export class Thinning {
  #examined = 0;

  /** Whether the next line of a template is to be looked at in full. */
  examines({ count }: OpenTemplate): boolean {
    const first = this.#examined < A_LOT ? EXAMINED_FIRST : EXAMINED_LATER;
    if (count >= first && count % strideOf(count, first) !== 0) return false;
    this.#examined += 1;
    return true;
  }

  /** Whether the line of a template that was counted last is to be kept. */
  keeps({ count }: OpenTemplate): boolean {
    const index = count - 1;
    return index < KEPT_FIRST || index % strideOf(index, KEPT_FIRST) === 0;
  }
}

/** 1 up to `first` lines, 2 up to twice as many, 4 up to four times as many … */
function strideOf(index: number, first: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(index / first)) + 1);
}

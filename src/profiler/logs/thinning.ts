import type { OpenTemplate } from './templates.ts';

/** Lines of each template that are looked at in full. */
const EXAMINED_FIRST = 2000;
/** Lines of each template that become instants one by one. */
const KEPT_FIRST = 100;

/**
 * Decides which lines of a template are looked at and kept: the first ones all, then every second, every fourth and so
 * on, so that any number of lines comes down to a few thousand that lie over all of the log.
 */
export class Thinning {
  /** Whether the next line of a template is to be looked at in full. */
  examines(template: OpenTemplate): boolean {
    if (
      template.count >= EXAMINED_FIRST &&
      template.count % strideOf(template.count, EXAMINED_FIRST) !== 0
    )
      return false;
    return true;
  }

  /** Whether the line of a template that was counted last is to be kept. */
  keeps(template: OpenTemplate): boolean {
    const index = template.count - 1;
    if (index >= KEPT_FIRST && index % strideOf(index, KEPT_FIRST) !== 0) return false;
    template.kept += 1;
    return true;
  }
}

/** 1 up to `first` lines, 2 up to twice as many, 4 up to four times as many … */
function strideOf(index: number, first: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(index / first)) + 1);
}

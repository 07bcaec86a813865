import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';
import { FACTOR_BITS, isAligned, type RowRun } from '../model/rowRun.ts';
import { firstAtLeast } from '../model/search.ts';
import type { NameTable } from '../model/nameTable.ts';
import type { WideSpans } from './wideSpans.ts';

/** What a pixel of a row shows; 0 is nothing. Names, then tints, follow at their first codes. */
export const CODE = {
  nothing: 0,
  found: 1,
  /** First of `NAME_CODES` names' colours. */
  name: 16,
  /** First of `TINT_STEPS` tints. */
  tint: 64,
  /** Hatches of spans that only one run has. */
  onlyInA: 2,
  onlyInB: 3,
  hatchGap: 4,
} as const;
export const CODES = 128;
export const TINT_STEPS = 17;

/** Bits of what is marked at a pixel, beside those of SPAN_FLAG. */
export const MARK = { found: 64, narrow: 128 } as const;

/** Flags that are marked however small a span is drawn. */
const MARKED = SPAN_FLAG.error | SPAN_FLAG.overTarget | SPAN_FLAG.finding | SPAN_FLAG.critical;

/** Narrower spans (device pixels) have no gap after them, and their errors colour all their height. */
const WIDE = 3;
const HATCH_BITS = 2;
/** How much of a span without an end is frayed. */
const FRAYED = 8;

/**
 * One row of spans as pixels: of every device pixel the code of what is there and what is marked there. Spans that share
 * a pixel show the longest of them and the marks of all of them. Its arrays are used again for every row.
 */
export class RowRaster {
  codes = new Uint8Array(0);
  marks = new Uint8Array(0);
  /** Whether any pixel of the row is marked. */
  hasMarks = false;
  readonly #names: NameTable;
  readonly #fills: number;
  #weights = new Float64Array(0);
  #width = 0;
  #markWidth = 2;

  /** @param fills colours of names */
  constructor(names: NameTable, fills: number) {
    this.#names = names;
    this.#fills = fills;
  }

  get width(): number {
    return this.#width;
  }

  /** Begins an empty row. @param width device pixels @param markWidth of the smallest mark */
  begin(width: number, markWidth: number): void {
    if (this.codes.length !== width) {
      this.codes = new Uint8Array(width);
      this.marks = new Uint8Array(width);
      this.#weights = new Float64Array(width);
    } else {
      this.codes.fill(0);
      this.marks.fill(0);
      this.#weights.fill(-1);
    }
    this.#width = width;
    this.#markWidth = Math.min(markWidth, width);
    this.hasMarks = false;
  }

  /**
   * Adds spans. The walk never looks below a bucket that is a pixel wide at most, so it takes some steps a pixel whatever
   * number of spans there are.
   *
   * @param fromNs time at the left edge @param scale device pixels a nanosecond
   * @param wide hears of each span that is drawn by itself, with `top`
   */
  addRun(run: RowRun, fromNs: number, scale: number, wide: WideSpans, top: number): void {
    const { from, to, columns, levels, tint } = run;
    const { start, duration, flags, name } = columns;
    const width = this.#width;
    const highest = levels.length;
    const lastNs = fromNs + width / scale;
    let level = 0;
    for (let i = run.firstEndingAfter(fromNs); i < to;) {
      const startNs = start[i] as number;
      if (startNs >= lastNs) break;
      const place = i - from;
      // Up as long as the bucket above begins here too and is a pixel wide at most, down as long as this one is wider.
      while (
        level < highest &&
        isAligned(level + 1, place) &&
        ((levels[level]?.end[place >> ((level + 1) * FACTOR_BITS)] as number) - startNs) * scale <=
          1
      ) {
        level += 1;
      }
      while (
        level > 0 &&
        (!isAligned(level, place) ||
          ((levels[level - 1]?.end[place >> (level * FACTOR_BITS)] as number) - startNs) * scale >
            1)
      ) {
        level -= 1;
      }
      const above = level === 0 ? undefined : levels[level - 1];
      const bucket = place >> (level * FACTOR_BITS);
      const shown = above === undefined ? i : (above.longest[bucket] as number);
      const shownNs = duration[shown] as number;
      const endNs = above === undefined ? startNs + shownNs : (above.end[bucket] as number);
      const worst = (above === undefined ? flags[i] : above.flags[bucket]) as number;
      const left = Math.max(0, Math.floor((startNs - fromNs) * scale));
      const right = Math.min(width, Math.max(left + 1, Math.floor((endNs - fromNs) * scale)));
      const delta =
        tint === null
          ? Number.NaN
          : ((above === undefined ? tint[i] : above.tint?.[bucket]) as number);
      const code = this.#codeOf(name[shown] as number, delta);
      if (right - left < WIDE) this.#addNarrow(left, right, code, shownNs, worst);
      else {
        this.#addWide(left, right, code, shownNs, worst, endNs < lastNs);
        wide.add(run, i, left, right, top);
      }
      i += 1 << (level * FACTOR_BITS);
    }
  }

  /** Marks spans that were found: their places in the columns, rising. A pixel is marked once. */
  addFound(run: RowRun, places: Uint32Array, fromNs: number, scale: number): void {
    const { start, duration } = run.columns;
    const width = this.#width;
    let at = firstAtLeast(places, run.firstEndingAfter(fromNs));
    while (at < places.length) {
      const index = places[at] as number;
      const startNs = start[index] as number;
      const left = Math.max(0, Math.floor((startNs - fromNs) * scale));
      if (left >= width) break;
      const endNs = startNs + (duration[index] as number);
      const right = Math.min(width, Math.max(left + 1, Math.floor((endNs - fromNs) * scale)));
      const first = Math.max(0, Math.min(left, width - this.#markWidth));
      const after = Math.max(right, first + this.#markWidth);
      for (let x = first; x < after; x += 1) {
        this.marks[x] = (this.marks[x] as number) | MARK.found;
        if (right - left < WIDE) this.codes[x] = CODE.found;
      }
      this.hasMarks = true;
      at = Math.max(at + 1, firstAtLeast(places, run.firstStartingFrom(fromNs + right / scale)));
    }
  }

  #codeOf(nameId: number, delta: number): number {
    if (Number.isNaN(delta)) return CODE.name + (this.#names.hashOf(nameId) % this.#fills);
    if (delta === Infinity) return CODE.onlyInB;
    if (delta === -Infinity) return CODE.onlyInA;
    const middle = (TINT_STEPS - 1) / 2;
    const step = Math.max(-1, Math.min(1, delta)) * middle;
    // Away from zero: the least difference is not drawn as none.
    return CODE.tint + middle + (step < 0 ? Math.floor(step) : Math.ceil(step));
  }

  #addNarrow(left: number, right: number, code: number, weight: number, flags: number): void {
    for (let x = left; x < right; x += 1) {
      if ((this.#weights[x] as number) >= weight && this.codes[x] !== CODE.nothing) continue;
      this.#weights[x] = weight;
      this.codes[x] = code;
    }
    if ((flags & MARKED) === 0) return;
    this.hasMarks = true;
    const first = Math.max(0, Math.min(left, this.#width - this.#markWidth));
    const after = Math.max(right, first + this.#markWidth);
    const marks = (flags & MARKED) | MARK.narrow;
    for (let x = first; x < after; x += 1) this.marks[x] = (this.marks[x] as number) | marks;
  }

  #addWide(
    left: number,
    right: number,
    code: number,
    weight: number,
    flags: number,
    gap: boolean,
  ): void {
    this.codes.fill(code, left, right);
    this.#weights.fill(weight, left, right);
    if (code === CODE.onlyInA || code === CODE.onlyInB) {
      for (let x = left; x < right; x += 1) {
        if ((((x - left) >> HATCH_BITS) & 1) === 1) this.codes[x] = CODE.hatchGap;
      }
    }
    if (gap) this.codes[right - 1] = CODE.nothing;
    if (gap && (flags & SPAN_FLAG.open) !== 0 && right - left >= 2 * FRAYED) {
      // An end that nobody has seen: it frays out.
      for (let x = right - FRAYED; x < right; x += 2) this.codes[x] = CODE.nothing;
    }
    const marks = flags & MARKED;
    if (marks === 0) return;
    this.hasMarks = true;
    const after = gap ? right - 1 : right;
    for (let x = left; x < after; x += 1) this.marks[x] = (this.marks[x] as number) | marks;
  }
}

import { SIZES } from '../model/layout.ts';
import type { NameTable } from '../model/nameTable.ts';
import type { RowRun } from '../model/rowRun.ts';
import type { LabelText } from './labelText.ts';
import { addPad, type Sign, SIGN_WIDTH, signCount, SIGNS, signsOf } from './signs.ts';
import type { DrawSurface } from './surface.ts';
import type { Theme } from './theme.ts';

/** CSS pixels. */
const LEAST_LABEL = 24;
const LEAST_SIGN = 14;
const PADDING = 4;
/** More labels than this say nothing, and are what a frame costs most: the narrowest are left out. */
const MOST_LABELS = 1200;
const WIDTHS = 512;

/**
 * The spans of a frame that are wide enough for signs or a name, as parallel columns; the first `count` entries count.
 * What finds no more room goes without.
 */
export class WideSpans {
  count = 0;
  readonly #runs: RowRun[] = [];
  readonly #index: Uint32Array;
  readonly #left: Float64Array;
  readonly #width: Float64Array;
  readonly #top: Float64Array;
  readonly #widths = new Uint32Array(WIDTHS);
  #pixelRatio = 1;

  constructor(capacity = 8192) {
    this.#index = new Uint32Array(capacity);
    this.#left = new Float64Array(capacity);
    this.#width = new Float64Array(capacity);
    this.#top = new Float64Array(capacity);
  }

  begin(pixelRatio: number): void {
    this.count = 0;
    this.#pixelRatio = pixelRatio;
  }

  /** Takes a span that lies between two device pixels of a row whose top is at `top` (CSS pixels). */
  add(run: RowRun, index: number, left: number, right: number, top: number): void {
    const width = (right - left) / this.#pixelRatio;
    if (width < LEAST_SIGN || this.count >= this.#index.length) return;
    this.#runs[this.count] = run;
    this.#index[this.count] = index;
    this.#left[this.count] = left / this.#pixelRatio;
    this.#width[this.count] = width;
    this.#top[this.count] = top;
    this.count += 1;
  }

  /** Draws signs and names over what they belong to. */
  draw(surface: DrawSurface, names: NameTable, labels: LabelText, theme: Theme): void {
    for (const { bit, colour, onPad, outline } of SIGNS) {
      // Colours of marks stand out from the background, but perhaps not from a fill.
      if (onPad && this.#addSigns(surface, bit, addPad)) {
        surface.fillStyle = theme.css.background;
        surface.fill();
      }
      if (!this.#addSigns(surface, bit, outline)) continue;
      surface.fillStyle = colour(theme);
      surface.fill();
    }
    this.#drawNames(surface, names, labels, theme);
  }

  /** Begins a path with something around the middle of every sign of a kind. @returns whether there is any */
  #addSigns(surface: DrawSurface, bit: number, add: Sign['outline']): boolean {
    let added = false;
    for (let i = 0; i < this.count; i += 1) {
      const signs = this.#signs(i);
      if ((signs & bit) === 0) continue;
      const before = signCount(signs & (bit - 1));
      const x = (this.#left[i] as number) + PADDING + (before + 0.5) * SIGN_WIDTH - 1;
      if (x + SIGN_WIDTH / 2 > (this.#left[i] as number) + (this.#width[i] as number)) continue;
      if (!added) surface.beginPath();
      added = true;
      add(surface, x, (this.#top[i] as number) + SIZES.row / 2);
    }
    return added;
  }

  #drawNames(surface: DrawSurface, names: NameTable, labels: LabelText, theme: Theme): void {
    const least = this.#leastLabelled();
    surface.fillStyle = theme.css.fillLabel;
    for (let i = 0; i < this.count; i += 1) {
      const width = this.#width[i] as number;
      if (width < least) continue;
      const signs = signCount(this.#signs(i)) * SIGN_WIDTH;
      const name = this.#runs[i]?.columns.name[this.#index[i] as number] as number;
      const text = labels.fit(names.nameOf(name), width - signs - 2 * PADDING);
      if (text === '') continue;
      const x = (this.#left[i] as number) + PADDING + signs;
      surface.fillText(text, x, (this.#top[i] as number) + SIZES.row / 2);
    }
  }

  #signs(i: number): number {
    const run = this.#runs[i] as RowRun;
    const index = this.#index[i] as number;
    return signsOf(run.columns.flags[index] as number, run.tint?.[index] ?? Number.NaN);
  }

  /** The width from which on not more names are drawn than may be. */
  #leastLabelled(): number {
    const widths = this.#widths.fill(0);
    for (let i = 0; i < this.count; i += 1) {
      const slot = Math.min(WIDTHS - 1, Math.floor(this.#width[i] as number));
      widths[slot] = (widths[slot] as number) + 1;
    }
    let labelled = 0;
    for (let width = WIDTHS - 1; width >= LEAST_LABEL; width -= 1) {
      labelled += widths[width] as number;
      if (labelled > MOST_LABELS) return width + 1;
    }
    return LEAST_LABEL;
  }
}

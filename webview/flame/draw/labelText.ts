import { drawableText } from '../model/drawableText.ts';

const ELLIPSIS = '…';
/** Texts whose measures are kept. */
const KEPT = 4000;

interface Measured {
  readonly characters: readonly string[];
  /** Width up to the end of each character. */
  readonly ends: Float64Array;
  readonly text: string;
  fittedWidth: number;
  fitted: string;
}

/**
 * Texts as they fit into widths, with their middle left out where they are too long. A text is measured by the widths of
 * its characters, each of which is asked for once: asking for whole texts takes longer than drawing them.
 */
export class LabelText {
  readonly #measure: (text: string) => number;
  readonly #widths = new Map<string, number>();
  readonly #texts = new Map<string, Measured>();

  /** @param measure width of a text in the font that labels are drawn in */
  constructor(measure: (text: string) => number) {
    this.#measure = measure;
  }

  /** What of a text to draw in a width; empty where not even two characters fit. */
  fit(text: string, width: number): string {
    const measured = this.#measured(text);
    if (measured.fittedWidth === width) return measured.fitted;
    measured.fittedWidth = width;
    return (measured.fitted = this.#fit(measured, width));
  }

  /** Width of a text as it is drawn. */
  widthOf(text: string): number {
    return this.#measured(text).ends.at(-1) ?? 0;
  }

  #fit({ characters, ends, text }: Measured, width: number): string {
    const whole = ends.at(-1) ?? 0;
    if (whole <= width) return text;
    const room = width - this.#widthOf(ELLIPSIS);
    const head = countWithin(ends, (room + 1) / 2);
    const headWidth = head === 0 ? 0 : (ends[head - 1] ?? 0);
    let tail = 0;
    while (
      tail < characters.length - head &&
      whole - (ends[characters.length - tail - 2] ?? 0) <= room - headWidth
    ) {
      tail += 1;
    }
    if (head + tail < 2) return '';
    return (
      characters.slice(0, head).join('') +
      ELLIPSIS +
      characters.slice(characters.length - tail).join('')
    );
  }

  #measured(text: string): Measured {
    const there = this.#texts.get(text);
    if (there !== undefined) return there;
    if (this.#texts.size >= KEPT) this.#texts.clear();
    const drawable = drawableText(text);
    const characters = Array.from(drawable);
    const ends = new Float64Array(characters.length);
    let end = 0;
    for (const [i, character] of characters.entries()) ends[i] = end += this.#widthOf(character);
    const measured = { characters, ends, text: drawable, fittedWidth: Number.NaN, fitted: '' };
    this.#texts.set(text, measured);
    return measured;
  }

  #widthOf(character: string): number {
    let width = this.#widths.get(character);
    if (width === undefined) {
      this.#widths.set(character, (width = this.#measure(character)));
    }
    return width;
  }
}

/** How many characters end within a width. */
function countWithin(ends: Float64Array, width: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) <= width) low = middle + 1;
    else high = middle;
  }
  return low;
}

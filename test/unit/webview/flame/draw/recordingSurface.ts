import type { DrawSurface, Strips } from '../../../../../webview/flame/draw/surface.ts';

/** A line of pixels as it was drawn. */
export interface RecordedLine {
  readonly top: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** Remembers what is drawn on it: calls as text, and lines of pixels. A character is 6 pixels wide. */
export class RecordingSurface implements DrawSurface {
  fillStyle = '';
  strokeStyle = '';
  lineWidth = 1;
  font = '';
  readonly calls: string[] = [];
  readonly lines: RecordedLine[] = [];
  /** Texts with the x and the y that they were drawn at. */
  readonly texts: { readonly text: string; readonly x: number; readonly y: number }[] = [];
  depth = 0;

  #note(call: string, ...values: readonly number[]): void {
    for (const value of values) {
      if (!Number.isFinite(value)) throw new Error(`${call} was given ${value}`);
    }
    this.calls.push([call, ...values.map((value) => Math.round(value * 100) / 100)].join(' '));
  }

  save(): void {
    this.depth += 1;
    this.#note('save');
  }

  restore(): void {
    this.depth -= 1;
    this.#note('restore');
  }

  beginPath(): void {
    this.#note('beginPath');
  }

  closePath(): void {
    this.#note('closePath');
  }

  moveTo(x: number, y: number): void {
    this.#note('moveTo', x, y);
  }

  lineTo(x: number, y: number): void {
    this.#note('lineTo', x, y);
  }

  bezierCurveTo(...points: [number, number, number, number, number, number]): void {
    this.#note('bezierCurveTo', ...points);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#note('rect', x, y, width, height);
  }

  clip(): void {
    this.#note('clip');
  }

  fill(): void {
    this.#note(`fill ${this.fillStyle}`);
  }

  stroke(): void {
    this.#note(`stroke ${this.strokeStyle}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#note(`fillRect ${this.fillStyle}`, x, y, width, height);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#note(`strokeRect ${this.strokeStyle}`, x, y, width, height);
  }

  setLineDash(lengths: readonly number[]): void {
    this.#note('setLineDash', ...lengths);
  }

  fillText(text: string, x: number, y: number): void {
    this.#note(`fillText ${text}`, x, y);
    this.texts.push({ text, x, y });
  }

  measureWidth(text: string): number {
    return text.length * 6;
  }

  strips({ pixels, width, top, height, count }: Strips): void {
    for (let i = 0; i < count; i += 1) {
      const [y = Number.NaN, h = Number.NaN] = [top[i], height[i]];
      this.#note('strip', y, h);
      this.lines.push({ top: y, height: h, pixels: pixels.slice(i * width, (i + 1) * width) });
    }
  }

  /** Colours of a column of pixels between two heights, from the line that was drawn last to the first. */
  coloursAt(x: number, from: number, to: number): number[] {
    return this.lines
      .filter(({ top, height }) => top < to && top + height > from)
      .map(({ pixels }) => pixels[x] ?? 0)
      .filter((pixel) => pixel !== 0)
      .reverse();
  }
}

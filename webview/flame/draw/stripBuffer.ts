import type { Strips } from './surface.ts';

/** Collects lines of pixels for one call of `DrawSurface.strips`. Its arrays grow to what a canvas needs and stay. */
export class StripBuffer implements Strips {
  pixels = new Uint32Array(0);
  width = 0;
  top = new Float64Array(0);
  height = new Float64Array(0);
  count = 0;
  #capacity = 0;

  /** Empties it for lines of so many device pixels. */
  begin(width: number): void {
    this.count = 0;
    if (width === this.width) return;
    this.width = width;
    this.#reserve(64);
  }

  /** A new line, to be drawn from `top` on (CSS pixels). @returns the place of its first pixel; the pixels are old ones */
  add(top: number, height: number): number {
    if (this.count >= this.#capacity) this.#reserve(this.#capacity * 2);
    this.top[this.count] = top;
    this.height[this.count] = height;
    this.count += 1;
    return (this.count - 1) * this.width;
  }

  #reserve(lines: number): void {
    const pixels = new Uint32Array(this.width * lines);
    const top = new Float64Array(lines);
    const height = new Float64Array(lines);
    if (this.count > 0) {
      pixels.set(this.pixels.subarray(0, this.width * this.count));
      top.set(this.top);
      height.set(this.height);
    }
    this.pixels = pixels;
    this.top = top;
    this.height = height;
    this.#capacity = lines;
  }
}

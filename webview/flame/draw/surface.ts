/**
 * Lines of pixels that are drawn as bars: line `i` holds `width` colours from `pixels[i * width]` on, one for each device
 * pixel from the left edge, and is drawn from `top[i]` on, `height[i]` high (CSS pixels). A clear colour draws nothing.
 * However many spans a row has, it is a few such lines.
 */
export interface Strips {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly top: Float64Array;
  readonly height: Float64Array;
  readonly count: number;
}

/** What a chart is drawn on: some of what a canvas's context can, in CSS pixels, and strips. */
export interface DrawSurface {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  /** CSS font. */
  font: string;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  /** Draws nothing outside of the path until `restore`. */
  clip(): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  setLineDash(lengths: readonly number[]): void;
  /** Draws text from `x` on with its middle at `y`. */
  fillText(text: string, x: number, y: number): void;
  /** Width of text in the font that is set. */
  measureWidth(text: string): number;
  strips(strips: Strips): void;
}

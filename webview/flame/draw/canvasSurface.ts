import type { DrawSurface, Strips } from './surface.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws on a canvas. */
export class CanvasSurface implements DrawSurface {
  readonly #context: Context;
  #pixelRatio = 1;
  #fill = '';
  #stroke = '';
  /** Strips are put here and drawn from here, each line as high as it is to be. */
  #lines: OffscreenCanvasRenderingContext2D | null = null;
  #image: ImageData | null = null;
  #imageOf: ArrayBufferLike | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Clears a canvas of a size in device pixels, and draws in CSS pixels from now on. */
  begin(width: number, height: number, pixelRatio: number): void {
    const { canvas } = this.#context;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    this.#pixelRatio = pixelRatio;
    this.#context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#context.clearRect(0, 0, width / pixelRatio, height / pixelRatio);
    this.#context.textBaseline = 'middle';
    // A name in another direction of writing must not move what stands before and after it.
    this.#context.direction = 'ltr';
    this.#context.imageSmoothingEnabled = false;
  }

  get fillStyle(): string {
    return this.#fill;
  }

  set fillStyle(style: string) {
    this.#fill = style;
    this.#context.fillStyle = style;
  }

  get strokeStyle(): string {
    return this.#stroke;
  }

  set strokeStyle(style: string) {
    this.#stroke = style;
    this.#context.strokeStyle = style;
  }

  get lineWidth(): number {
    return this.#context.lineWidth;
  }

  set lineWidth(width: number) {
    this.#context.lineWidth = width;
  }

  get font(): string {
    return this.#context.font;
  }

  set font(font: string) {
    this.#context.font = font;
  }

  save(): void {
    this.#context.save();
  }

  restore(): void {
    this.#context.restore();
  }

  beginPath(): void {
    this.#context.beginPath();
  }

  closePath(): void {
    this.#context.closePath();
  }

  moveTo(x: number, y: number): void {
    this.#context.moveTo(x, y);
  }

  lineTo(x: number, y: number): void {
    this.#context.lineTo(x, y);
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#context.bezierCurveTo(x1, y1, x2, y2, x, y);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#context.rect(x, y, width, height);
  }

  clip(): void {
    this.#context.clip();
  }

  fill(): void {
    this.#context.fill();
  }

  stroke(): void {
    this.#context.stroke();
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#context.fillRect(x, y, width, height);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#context.strokeRect(x, y, width, height);
  }

  setLineDash(lengths: readonly number[]): void {
    this.#context.setLineDash([...lengths]);
  }

  fillText(text: string, x: number, y: number): void {
    this.#context.fillText(text, x, y);
  }

  measureWidth(text: string): number {
    return this.#context.measureText(text).width;
  }

  strips({ pixels, width, top, height, count }: Strips): void {
    const capacity = width === 0 ? 0 : Math.floor(pixels.length / width);
    if (count === 0 || capacity === 0) return;
    const lines = this.#linesOf(width, capacity);
    if (this.#imageOf !== pixels.buffer || this.#image?.width !== width) {
      const bytes = width * capacity * 4;
      this.#image = new ImageData(
        new Uint8ClampedArray(pixels.buffer as ArrayBuffer, pixels.byteOffset, bytes),
        width,
      );
      this.#imageOf = pixels.buffer;
    }
    lines.putImageData(this.#image, 0, 0, 0, 0, width, count);
    const cssWidth = width / this.#pixelRatio;
    for (let i = 0; i < count; i += 1) {
      const y = top[i] ?? 0;
      this.#context.drawImage(lines.canvas, 0, i, width, 1, 0, y, cssWidth, height[i] ?? 0);
    }
  }

  #linesOf(width: number, capacity: number): OffscreenCanvasRenderingContext2D {
    let lines = this.#lines;
    if (lines === null) {
      const made = new OffscreenCanvas(width, capacity).getContext('2d');
      if (made === null) throw new Error('This browser has no canvas to draw on.');
      this.#lines = lines = made;
    }
    if (lines.canvas.width !== width || lines.canvas.height < capacity) {
      lines.canvas.width = width;
      lines.canvas.height = capacity;
    }
    return lines;
  }
}

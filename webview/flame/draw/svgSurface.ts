import { drawableText } from '../model/drawableText.ts';
import { cssOf } from './colour.ts';
import type { DrawSurface, Strips } from './surface.ts';

interface Style {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  font: string;
  readonly clip: string | null;
  readonly dash: readonly number[];
}

const CLEAR = 0x01000000;

/** Draws as SVG text. Texts are kept as texts, strips become a rectangle for each run of the same colour. */
export class SvgSurface implements DrawSurface {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  font = '11px sans-serif';
  readonly #width: number;
  readonly #height: number;
  readonly #pixelRatio: number;
  readonly #measure: (text: string, font: string) => number;
  readonly #parts: string[] = [];
  readonly #clips: string[] = [];
  readonly #saved: Style[] = [];
  #clip: string | null = null;
  #dash: readonly number[] = [];
  #path: string[] = [];

  /** @param width and height in CSS pixels @param measure width of a text in a CSS font */
  constructor(
    width: number,
    height: number,
    pixelRatio: number,
    measure: (text: string, font: string) => number,
  ) {
    this.#width = width;
    this.#height = height;
    this.#pixelRatio = pixelRatio;
    this.#measure = measure;
  }

  /** The document of everything drawn until now. @param title what it shows, for those who cannot see it */
  document(title: string): string {
    const size = `width="${this.#width}" height="${this.#height}"`;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${this.#width} ${this.#height}" role="img">`,
      `<title>${escapeXml(drawableText(title))}</title>`,
      `<defs>${this.#clips.join('')}</defs>`,
      ...this.#parts,
      '</svg>',
      '',
    ].join('\n');
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, font } = this;
    this.#saved.push({
      fillStyle,
      strokeStyle,
      lineWidth,
      font,
      clip: this.#clip,
      dash: this.#dash,
    });
  }

  restore(): void {
    const style = this.#saved.pop();
    if (style === undefined) return;
    this.fillStyle = style.fillStyle;
    this.strokeStyle = style.strokeStyle;
    this.lineWidth = style.lineWidth;
    this.font = style.font;
    this.#clip = style.clip;
    this.#dash = style.dash;
  }

  beginPath(): void {
    this.#path = [];
  }

  closePath(): void {
    this.#path.push('Z');
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${number(x)} ${number(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`L${number(x)} ${number(y)}`);
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#path.push(`C${[x1, y1, x2, y2, x, y].map(number).join(' ')}`);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(
      `M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}Z`,
    );
  }

  clip(): void {
    const id = `clip${this.#clips.length}`;
    const within = this.#clip === null ? '' : ` clip-path="url(#${this.#clip})"`;
    this.#clips.push(`<clipPath id="${id}"${within}><path d="${this.#path.join('')}"/></clipPath>`);
    this.#clip = id;
  }

  fill(): void {
    this.#add(`<path d="${this.#path.join('')}" fill="${escapeXml(this.fillStyle)}"`);
  }

  stroke(): void {
    this.#add(`<path d="${this.#path.join('')}" ${this.#strokeAttributes()}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width <= 0 || height <= 0) return;
    this.#add(`<rect ${box(x, y, width, height)} fill="${escapeXml(this.fillStyle)}"`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    if (width < 0 || height < 0) return;
    this.#add(`<rect ${box(x, y, width, height)} ${this.#strokeAttributes()}`);
  }

  setLineDash(lengths: readonly number[]): void {
    this.#dash = lengths;
  }

  fillText(text: string, x: number, y: number): void {
    const shown = escapeXml(drawableText(text));
    const [size = '11px', ...family] = this.font.split(' ');
    const font = `font-size="${escapeXml(size)}" font-family="${escapeXml(family.join(' '))}"`;
    const place = `x="${number(x)}" y="${number(y)}" dominant-baseline="central"`;
    const fill = `fill="${escapeXml(this.fillStyle)}" xml:space="preserve"`;
    this.#add(
      `<text ${place} ${font} ${fill} direction="ltr" unicode-bidi="plaintext"`,
      shown,
      'text',
    );
  }

  measureWidth(text: string): number {
    return this.#measure(text, this.font);
  }

  strips({ pixels, width, top, height, count }: Strips): void {
    for (let line = 0; line < count; line += 1) {
      const at = line * width;
      for (let from = 0; from < width;) {
        const colour = pixels[at + from] as number;
        let to = from + 1;
        while (to < width && pixels[at + to] === colour) to += 1;
        if (colour >= CLEAR) {
          this.fillStyle = cssOf(colour);
          const ratio = this.#pixelRatio;
          this.fillRect(from / ratio, top[line] ?? 0, (to - from) / ratio, height[line] ?? 0);
        }
        from = to;
      }
    }
  }

  #strokeAttributes(): string {
    const dash = this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.join(' ')}"`;
    return `fill="none" stroke="${escapeXml(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}"${dash}`;
  }

  #add(opening: string, content?: string, tag?: string): void {
    const clip = this.#clip === null ? '' : ` clip-path="url(#${this.#clip})"`;
    this.#parts.push(
      content === undefined ? `${opening}${clip}/>` : `${opening}${clip}>${content}</${tag ?? ''}>`,
    );
  }
}

function box(x: number, y: number, width: number, height: number): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
}

/** A number with as many decimals as can be seen. */
function number(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '0';
}

function escapeXml(text: string): string {
  return text
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/"/gu, '&quot;')
    .replace(/'/gu, '&apos;');
}

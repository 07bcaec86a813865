import { cssOf } from '../../flame/draw/colour.ts';
import { readTheme } from '../../flame/draw/readTheme.ts';
import { el } from '../../shared/dom.ts';

const MARGIN = 12;
const LINE = 20;

/** The chart with what it is about above it, as PNG bytes. @param lines the first of them strong */
export async function pictureBytes(
  chart: HTMLCanvasElement,
  lines: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { css, background, fontFamily } = readTheme();
  const ratio = devicePixelRatio;
  const top = (MARGIN * 2 + lines.length * LINE) * ratio;
  const canvas = el('canvas');
  canvas.width = chart.width;
  canvas.height = chart.height + top;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no canvas to draw on.');
  context.fillStyle = cssOf(background);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, 0, top);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = css.label;
  context.textBaseline = 'middle';
  for (const [i, line] of lines.entries()) {
    context.font = `${i === 0 ? 'bold ' : ''}13px ${fontFamily}`;
    context.fillText(line, MARGIN, MARGIN + (i + 0.5) * LINE, canvas.width / ratio - 2 * MARGIN);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The picture is too large for this browser.');
  return new Uint8Array(await blob.arrayBuffer());
}

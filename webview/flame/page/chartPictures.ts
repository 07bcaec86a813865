import { CanvasSurface } from '../draw/canvasSurface.ts';
import { MainLayer } from '../draw/mainLayer.ts';
import { OverlayLayer } from '../draw/overlayLayer.ts';
import { makePalette } from '../draw/palette.ts';
import { readTheme } from '../draw/readTheme.ts';
import { exportSvg } from '../draw/svgExport.ts';
import type { Scene } from '../model/scene.ts';

/** Pixels in a CSS pixel: sharp on paper and on dense screens. */
const PICTURE_RATIO = 2;

/** The chart as it is drawn now, as PNG bytes at twice the size. */
export async function pngOf(drawn: Scene): Promise<Uint8Array<ArrayBuffer>> {
  const scene = atRest(drawn);
  const { width, height } = scene.size;
  const main = layer(width, height);
  const overlay = layer(width, height);
  const palette = makePalette(readTheme());
  new MainLayer().draw(main.surface, scene, palette);
  new OverlayLayer().draw(overlay.surface, scene, palette);
  main.context.setTransform(1, 0, 0, 1, 0, 0);
  main.context.drawImage(overlay.canvas, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) =>
    main.canvas.toBlob(resolve, 'image/png'),
  );
  if (blob === null) throw new Error('The picture is too large for this browser.');
  return new Uint8Array(await blob.arrayBuffer());
}

/** The chart as it is drawn now, as an SVG document. */
export function svgOf(drawn: Scene, title: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(exportSvg(atRest(drawn), readTheme(), title));
}

/** Without what only means something while somebody points at it. */
function atRest(scene: Scene): Scene {
  const size = { ...scene.size, pixelRatio: PICTURE_RATIO };
  return { ...scene, size, hover: null, crosshairNs: null, focus: null };
}

function layer(
  width: number,
  height: number,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D; surface: CanvasSurface } {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no canvas to draw on.');
  const surface = new CanvasSurface(context);
  surface.begin(width * PICTURE_RATIO, height * PICTURE_RATIO, PICTURE_RATIO);
  return { canvas, context, surface };
}

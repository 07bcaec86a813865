import type { Scene } from '../model/scene.ts';
import { MainLayer } from './mainLayer.ts';
import { OverlayLayer } from './overlayLayer.ts';
import { makePalette } from './palette.ts';
import { SvgSurface } from './svgSurface.ts';
import type { Theme } from './theme.ts';

/**
 * A scene as it is drawn now, as an SVG document.
 *
 * @param title for those who cannot see it @param measure width of a text in a CSS font
 */
export function exportSvg(
  scene: Scene,
  theme: Theme,
  title: string,
  measure: (text: string, font: string) => number = measureOnCanvas(),
): string {
  const { width, height, pixelRatio } = scene.size;
  const surface = new SvgSurface(width, height, pixelRatio, measure);
  const palette = makePalette(theme);
  new MainLayer().draw(surface, scene, palette);
  new OverlayLayer().draw(surface, scene, palette);
  return surface.document(title);
}

/** Measures as canvases do. */
function measureOnCanvas(): (text: string, font: string) => number {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  return (text, font) => {
    if (context === null) return text.length * 6;
    context.font = font;
    return context.measureText(text).width;
  };
}

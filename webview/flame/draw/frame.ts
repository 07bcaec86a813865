import type { FoundSpans } from '../model/foundSpans.ts';
import type { Layout } from '../model/layout.ts';
import type { Scene } from '../model/scene.ts';
import type { LabelText } from './labelText.ts';
import type { Palette } from './palette.ts';
import type { DrawSurface } from './surface.ts';

/** What everything that draws a part of a frame needs. */
export interface Frame {
  readonly surface: DrawSurface;
  readonly scene: Scene;
  readonly layout: Layout;
  readonly palette: Palette;
  readonly labels: LabelText;
  readonly found: FoundSpans | null;
  /** Device pixels across. */
  readonly width: number;
}

/** Font size of all texts on a chart, in CSS pixels. */
const FONT_SIZE = 11;

/** CSS font of all texts on a chart. */
export function chartFont(family: string): string {
  return `${FONT_SIZE}px ${family}`;
}

/** A height on the canvas that lies between two device pixels. */
export function crisp(value: number, pixelRatio: number): number {
  return Math.round(value * pixelRatio) / pixelRatio;
}

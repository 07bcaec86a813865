import type { ChartTheme } from './chartTheme.ts';

const TILE = 8;

/**
 * The fill of the stage at a place: a colour, and from the second on a pattern of its own, so that neighbours differ by
 * more than their colour.
 */
export function stageFill(theme: ChartTheme, place: number): CanvasPattern | string {
  const colour = stageColour(theme, place);
  const kind = place % 4;
  if (kind === 0) return colour;
  const tile = document.createElement('canvas');
  tile.width = TILE;
  tile.height = TILE;
  const context = tile.getContext('2d');
  if (context === null) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, TILE, TILE);
  context.strokeStyle = theme.background;
  context.fillStyle = theme.background;
  context.lineWidth = 1.2;
  context.beginPath();
  if (kind === 1) strokes(context, [0, TILE, TILE, 0], [-2, 2, 2, -2], [6, 10, 10, 6]);
  if (kind === 2) context.arc(TILE / 2, TILE / 2, 1.4, 0, 2 * Math.PI);
  if (kind === 3) strokes(context, [0, TILE / 2, TILE, TILE / 2]);
  if (kind === 2) context.fill();
  else context.stroke();
  return context.createPattern(tile, 'repeat') ?? colour;
}

/** The colour alone, for lines. */
export function stageColour({ stages, foreground }: ChartTheme, place: number): string {
  return stages[place % stages.length] ?? foreground;
}

/** Dashes of the line of a stage; the first is whole. */
export function stageDash(place: number): number[] {
  return [[], [6, 3], [2, 3], [8, 3, 2, 3]][place % 4] ?? [];
}

/** Shape of the points of a stage. */
export function stagePoint(place: number): 'circle' | 'rect' | 'triangle' | 'rectRot' | 'star' {
  const shapes = ['circle', 'rect', 'triangle', 'rectRot', 'star'] as const;
  return shapes[place % shapes.length] ?? 'circle';
}

/** A small sample of the fill, for a legend. */
export function swatch(theme: ChartTheme, place: number): HTMLCanvasElement {
  const sample = document.createElement('canvas');
  sample.width = 14;
  sample.height = 14;
  sample.className = 'swatch';
  sample.setAttribute('aria-hidden', 'true');
  const context = sample.getContext('2d');
  if (context !== null) {
    context.fillStyle = stageFill(theme, place);
    context.fillRect(0, 0, 14, 14);
  }
  return sample;
}

function strokes(
  context: CanvasRenderingContext2D,
  ...lines: readonly (readonly [number, number, number, number])[]
): void {
  for (const [fromX, fromY, toX, toY] of lines) {
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
  }
}

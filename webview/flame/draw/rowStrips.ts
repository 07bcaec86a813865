import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';
import { SIZES } from '../model/layout.ts';
import type { Palette } from './palette.ts';
import { MARK, type RowRaster } from './rowRaster.ts';
import type { StripBuffer } from './stripBuffer.ts';

/** Heights of the signs at the upper and the lower edge of a span, in CSS pixels. */
export const NOTCH = 3;
export const FOOT = 4;

export interface RowLook {
  readonly palette: Palette;
  readonly pixelRatio: number;
  readonly showCritical: boolean;
  /** Draws paler what was not found. */
  readonly searching: boolean;
}

/**
 * A row of pixels as strips. Marks differ by shape and not by colour alone: an error is a solid notch at the upper edge,
 * and where it is narrow a bar of full height; a finding a dotted notch; over target a hatched foot; the critical path a
 * solid foot; a hit of a search a notch over its own colour.
 */
export function addRowStrips(
  strips: StripBuffer,
  raster: RowRaster,
  top: number,
  look: RowLook,
): void {
  const height = SIZES.row - SIZES.gap;
  const { palette, pixelRatio } = look;
  addFill(strips, raster, top, height, look);
  if (palette.theme.highContrast) {
    addEdges(strips, raster, top, height, palette.theme.outline);
    addOutline(strips, raster, top, 1, palette.theme.outline);
    addOutline(strips, raster, top + height - 1, 1, palette.theme.outline);
  }
  if (!raster.hasMarks) return;
  addNotch(strips, raster, top, palette, pixelRatio);
  addFoot(strips, raster, top + height - FOOT, look);
  // Sets small marks off from fills of much the same colour.
  const { error, finding, overTarget } = SPAN_FLAG;
  addHalo(strips, raster, top + NOTCH, finding | MARK.found, error, palette.theme.background);
  addHalo(strips, raster, top + height - FOOT - 1, overTarget, error, palette.theme.background);
}

/** A line of the background's colour beside marks that have one of some bits, and none of others. */
function addHalo(
  strips: StripBuffer,
  { marks, width }: RowRaster,
  top: number,
  some: number,
  none: number,
  background: number,
): void {
  const at = strips.add(top, 1);
  for (let x = 0; x < width; x += 1) {
    const mark = marks[x] as number;
    strips.pixels[at + x] = (mark & some) !== 0 && (mark & none) === 0 ? background : 0;
  }
}

function addFill(
  strips: StripBuffer,
  raster: RowRaster,
  top: number,
  height: number,
  { palette, searching }: RowLook,
): void {
  const at = strips.add(top, height);
  const { codes, marks, width } = raster;
  const { pixels } = strips;
  const plain = palette.codes;
  const usual = searching ? palette.dimmed : plain;
  if (!raster.hasMarks) {
    for (let x = 0; x < width; x += 1) pixels[at + x] = usual[codes[x] as number] as number;
    return;
  }
  const { error } = palette.theme;
  const narrowError = MARK.narrow | SPAN_FLAG.error;
  for (let x = 0; x < width; x += 1) {
    const mark = marks[x] as number;
    if ((mark & narrowError) === narrowError) pixels[at + x] = error;
    else pixels[at + x] = ((mark & MARK.found) === 0 ? usual : plain)[codes[x] as number] as number;
  }
}

/** Left and right edges of what has nothing beside it. */
function addEdges(
  strips: StripBuffer,
  { codes, width }: RowRaster,
  top: number,
  height: number,
  outline: number,
): void {
  const at = strips.add(top, height);
  for (let x = 0; x < width; x += 1) {
    const isEdge = codes[x] !== 0 && (codes[x - 1] === 0 || codes[x + 1] === 0);
    strips.pixels[at + x] = isEdge ? outline : 0;
  }
}

function addOutline(
  strips: StripBuffer,
  { codes, width }: RowRaster,
  top: number,
  height: number,
  outline: number,
): void {
  const at = strips.add(top, height);
  for (let x = 0; x < width; x += 1) strips.pixels[at + x] = codes[x] === 0 ? 0 : outline;
}

function addNotch(
  strips: StripBuffer,
  { marks, width }: RowRaster,
  top: number,
  { theme }: Palette,
  pixelRatio: number,
): void {
  const at = strips.add(top, NOTCH);
  const dot = Math.max(1, Math.round(2 * pixelRatio));
  for (let x = 0; x < width; x += 1) {
    const mark = marks[x] as number;
    let pixel = 0;
    if ((mark & SPAN_FLAG.error) !== 0) pixel = theme.error;
    else if ((mark & SPAN_FLAG.finding) !== 0) {
      const isDot = (mark & MARK.narrow) !== 0 || Math.floor(x / dot) % 2 === 0;
      pixel = isDot ? theme.finding : theme.background;
    } else if ((mark & MARK.found) !== 0) pixel = theme.found;
    strips.pixels[at + x] = pixel;
  }
}

function addFoot(
  strips: StripBuffer,
  { marks, width }: RowRaster,
  top: number,
  { palette: { theme }, pixelRatio, showCritical }: RowLook,
): void {
  const at = strips.add(top, FOOT);
  const line = Math.max(1, Math.round(3 * pixelRatio));
  for (let x = 0; x < width; x += 1) {
    const mark = marks[x] as number;
    let pixel = 0;
    if ((mark & SPAN_FLAG.overTarget) !== 0) {
      const isLine = (mark & MARK.narrow) !== 0 || Math.floor(x / line) % 2 === 0;
      pixel = isLine ? theme.overTarget : theme.background;
    } else if (showCritical && (mark & SPAN_FLAG.critical) !== 0) pixel = theme.critical;
    strips.pixels[at + x] = pixel;
  }
}

import { mix } from './colour.ts';
import { CODE, CODES, TINT_STEPS } from './rowRaster.ts';
import type { Theme } from './theme.ts';

/** Shares of a band's full colour that are told apart. */
export const BUSY_STEPS = 16;

/** The colours of a theme as pixels, by what rasters say is at a pixel. */
export interface Palette {
  readonly theme: Theme;
  /** By the codes of a `RowRaster`. */
  readonly codes: Uint32Array;
  /** The same, paler: what was not found while there is a search. */
  readonly dimmed: Uint32Array;
  /** Bands: `BUSY_STEPS` for each fill, from hardly busy to wholly. */
  readonly bands: Uint32Array;
}

const DIMMED = 0.6;

export function makePalette(theme: Theme): Palette {
  const { background, fills, tints } = theme;
  const codes = new Uint32Array(CODES);
  for (const [i, fill] of fills.entries()) codes[CODE.name + i] = fill;
  for (let i = 0; i < TINT_STEPS; i += 1) codes[CODE.tint + i] = tints[i] ?? background;
  codes[CODE.found] = theme.found;
  codes[CODE.onlyInA] = tints[0] ?? background;
  codes[CODE.onlyInB] = tints.at(-1) ?? background;
  codes[CODE.hatchGap] = background;
  const dimmed = codes.map((code, i) =>
    code === 0 || i === CODE.found ? code : mix(code, background, DIMMED),
  );
  const bands = new Uint32Array(fills.length * BUSY_STEPS);
  for (const [i, fill] of fills.entries()) {
    for (let step = 0; step < BUSY_STEPS; step += 1) {
      bands[i * BUSY_STEPS + step] = mix(background, fill, 0.25 + (0.75 * step) / (BUSY_STEPS - 1));
    }
  }
  return { theme, codes, dimmed, bands };
}

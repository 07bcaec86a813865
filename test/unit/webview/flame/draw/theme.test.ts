import { describe, expect, it } from 'vitest';
import { colour, contrast, cssOf, mix, over } from '../../../../../webview/flame/draw/colour.ts';
import { makeTheme } from '../../../../../webview/flame/draw/theme.ts';
import { DARK, HIGH_CONTRAST, HIGH_CONTRAST_LIGHT, LIGHT } from './madeTheme.ts';

const parse = (css: string): number => {
  const [r = 0, g = 0, b = 0] = css.match(/\d+/gu)?.map(Number) ?? [];
  return colour(r, g, b);
};

describe.each([
  ['dark', DARK],
  ['light', LIGHT],
  ['high contrast', HIGH_CONTRAST],
  ['high contrast light', HIGH_CONTRAST_LIGHT],
])('the theme made of %s colours', (_, colours) => {
  const theme = makeTheme(colours, 'sans-serif');

  it('has labels that can be read on every fill and tint', () => {
    for (const fill of [...theme.fills, ...theme.tints]) {
      expect(contrast(fill, parse(theme.css.fillLabel))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has marks and text that stand out from the background', () => {
    for (const mark of [
      theme.error,
      theme.overTarget,
      theme.finding,
      theme.critical,
      theme.found,
    ]) {
      expect(contrast(mark, theme.background)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(parse(theme.css.muted), theme.background)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(parse(theme.css.focus), theme.background)).toBeGreaterThanOrEqual(3);
  });

  it('has an odd number of tints with grey between blue and red', () => {
    expect(theme.tints.length % 2).toBe(1);
    expect(new Set(theme.tints).size).toBeGreaterThan(2);
    expect(theme.highContrast).toBe(colours.contrastBorder !== null);
  });
});

it('reckons with colours as WCAG does', () => {
  expect(contrast(colour(0, 0, 0), colour(255, 255, 255))).toBeCloseTo(21, 5);
  expect(contrast(colour(119, 119, 119), colour(255, 255, 255))).toBeCloseTo(4.48, 2);
  expect(mix(colour(0, 0, 0), colour(200, 100, 50), 0.5)).toBe(colour(100, 50, 25));
  expect(over(colour(255, 255, 255, 0), colour(1, 2, 3))).toBe(colour(1, 2, 3));
  expect(cssOf(colour(1, 2, 3))).toBe('rgb(1, 2, 3)');
  expect(cssOf(colour(1, 2, 3, 51))).toBe('rgba(1, 2, 3, 0.200)');
});

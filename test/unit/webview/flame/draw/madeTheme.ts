import { colour } from '../../../../../webview/flame/draw/colour.ts';
import { makeTheme, type ThemeColours } from '../../../../../webview/flame/draw/theme.ts';

export const DARK: ThemeColours = {
  background: colour(30, 30, 30),
  foreground: colour(204, 204, 204),
  red: colour(241, 76, 76),
  orange: colour(209, 134, 22),
  yellow: colour(204, 167, 0),
  green: colour(137, 209, 133),
  blue: colour(55, 148, 255),
  purple: colour(177, 128, 215),
  focus: colour(0, 127, 212),
  found: colour(81, 92, 106),
  contrastBorder: null,
};

export const LIGHT: ThemeColours = {
  background: colour(255, 255, 255),
  foreground: colour(97, 97, 97),
  red: colour(229, 20, 0),
  orange: colour(209, 134, 22),
  yellow: colour(191, 136, 3),
  green: colour(56, 138, 52),
  blue: colour(26, 133, 255),
  purple: colour(101, 45, 144),
  focus: colour(0, 144, 241),
  found: colour(168, 172, 148),
  contrastBorder: null,
};

export const HIGH_CONTRAST: ThemeColours = {
  ...DARK,
  background: colour(0, 0, 0),
  foreground: colour(255, 255, 255),
  focus: colour(243, 133, 24),
  contrastBorder: colour(111, 195, 223),
};

export const HIGH_CONTRAST_LIGHT: ThemeColours = {
  ...LIGHT,
  foreground: colour(41, 41, 41),
  contrastBorder: colour(15, 74, 133),
};

export const THEME = makeTheme(DARK, 'sans-serif');

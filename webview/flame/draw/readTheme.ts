import { type Colour, colour } from './colour.ts';
import { makeTheme, type Theme } from './theme.ts';

/** Reads the theme of VS Code from the variables and classes it puts on a page's root and body. */
export function readTheme(root: HTMLElement = document.documentElement): Theme {
  const style = getComputedStyle(root);
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const isLight = document.body.classList.contains('vscode-light') || isHighContrastLight();
  const read = (name: string, fallback: Colour): Colour => {
    const value = style.getPropertyValue(`--vscode-${name}`).trim();
    if (value === '' || probe === null) return fallback;
    // The browser understands every notation of a colour.
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = '#000';
    probe.fillStyle = value;
    probe.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 255] = probe.getImageData(0, 0, 1, 1).data;
    return colour(r, g, b, a);
  };
  const background = isLight ? colour(255, 255, 255) : colour(30, 30, 30);
  const foreground = isLight ? colour(51, 51, 51) : colour(204, 204, 204);
  const highContrast =
    isHighContrastLight() || document.body.classList.contains('vscode-high-contrast');
  return makeTheme(
    {
      background: read('editor-background', background),
      foreground: read('foreground', foreground),
      red: read('charts-red', colour(229, 20, 0)),
      orange: read('charts-orange', colour(209, 134, 22)),
      yellow: read('charts-yellow', colour(204, 167, 0)),
      green: read('charts-green', colour(56, 138, 52)),
      blue: read('charts-blue', colour(26, 133, 255)),
      purple: read('charts-purple', colour(101, 45, 144)),
      focus: read('focusBorder', colour(0, 127, 212)),
      found: read('editor-findMatchBackground', colour(158, 106, 3)),
      contrastBorder: highContrast ? read('contrastBorder', foreground) : null,
    },
    style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
  );
}

function isHighContrastLight(): boolean {
  return document.body.classList.contains('vscode-high-contrast-light');
}

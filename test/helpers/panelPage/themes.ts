/** Themes of VS Code 1.139 whose variables, as a webview gets them, lie in `themes/`. */
export const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
export type ThemeName = (typeof THEMES)[number];

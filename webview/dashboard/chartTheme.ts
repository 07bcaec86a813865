/** Colours and fonts of VS Code's theme, as a canvas needs them. */
export interface ChartTheme {
  readonly foreground: string;
  readonly muted: string;
  readonly background: string;
  readonly grid: string;
  readonly focus: string;
  readonly selection: string;
  readonly bad: string;
  readonly good: string;
  readonly maybe: string;
  readonly target: string;
  readonly stages: readonly string[];
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Red is left out: it says that something is wrong. */
const STAGE_COLOURS = [
  '--vscode-charts-blue',
  '--vscode-charts-yellow',
  '--vscode-charts-purple',
  '--vscode-charts-green',
  '--vscode-terminal-ansiCyan',
  '--vscode-terminal-ansiMagenta',
  '--vscode-charts-orange',
  '--vscode-terminal-ansiBrightBlack',
];

/** Reads the theme that is set now. */
export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.body);
  const first = (...names: readonly string[]): string => {
    const values = names.map((name) => style.getPropertyValue(name).trim());
    return values.find((value) => value !== '') ?? style.color;
  };
  const isContrast = /\bvscode-high-contrast/u.test(document.body.className);
  return {
    foreground: first('--vscode-foreground'),
    muted: first('--vscode-descriptionForeground', '--vscode-foreground'),
    background: first('--vscode-editor-background'),
    grid: first(
      ...(isContrast ? ['--vscode-contrastBorder'] : []),
      '--vscode-editorWidget-border',
      '--vscode-widget-border',
      '--vscode-charts-lines',
    ),
    focus: first('--vscode-focusBorder'),
    selection: first('--vscode-list-hoverBackground', '--vscode-focusBorder'),
    bad: first('--vscode-charts-red', '--vscode-errorForeground'),
    good: first('--vscode-charts-green'),
    maybe: first('--vscode-editorWarning-foreground', '--vscode-charts-orange'),
    target: first('--vscode-charts-foreground', '--vscode-foreground'),
    stages: STAGE_COLOURS.map((name) => first(name, '--vscode-charts-foreground')),
    fontFamily: first('--vscode-font-family'),
    fontSize: Number.parseFloat(first('--vscode-font-size')) || 13,
  };
}

import * as vscode from 'vscode';

/** What marks are shown by; each has a switch. */
export type Surface = 'codeLens' | 'decorations' | 'diagnostics' | 'hovers' | 'statusBar';

export const INLINE_SETTINGS = 'earshot.inline';

export function isShown(surface: Surface): boolean {
  return vscode.workspace.getConfiguration(INLINE_SETTINGS).get<unknown>(surface) !== false;
}

import * as vscode from 'vscode';
import { PANEL_KINDS, PROFILE_EDITOR } from './panelKinds.ts';
import type { Panels } from './panels.ts';

/** Lets VS Code restore panels and open files in them. */
export function registerPanels(load: () => Promise<Panels>): vscode.Disposable[] {
  const serializer: vscode.WebviewPanelSerializer = {
    deserializeWebviewPanel: async (panel, state: unknown) => (await load()).restore(panel, state),
  };
  const editors: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async ({ uri }, panel) => (await load()).edit(uri, panel),
  };
  return [
    ...Object.values(PANEL_KINDS).map(({ viewType }) =>
      vscode.window.registerWebviewPanelSerializer(viewType, serializer),
    ),
    vscode.window.registerCustomEditorProvider(PROFILE_EDITOR, editors, {
      supportsMultipleEditorsPerDocument: true,
    }),
  ];
}

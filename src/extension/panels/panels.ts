import * as vscode from 'vscode';
import type { PanelContent } from '../../protocol/panelMessages.ts';
import { showError } from '../platform/showError.ts';
import type { PanelHost, PanelHostParts } from './panelHost.ts';
import { PANEL_KINDS, PROFILE_EDITOR } from './panelKinds.ts';

/** The way to the panels, which are loaded when the first of them is needed. */
export class Panels implements vscode.Disposable {
  readonly #parts: PanelHostParts;
  readonly #log: vscode.LogOutputChannel;
  #host: Promise<PanelHost> | undefined;

  constructor(parts: PanelHostParts, log: vscode.LogOutputChannel) {
    this.#parts = parts;
    this.#log = log;
  }

  /** Shows what the person chose. */
  async show(content: PanelContent, column?: vscode.ViewColumn): Promise<void> {
    (await this.#load()).show(content, column);
  }

  /** Lets VS Code restore panels and open files in them. */
  register(): vscode.Disposable[] {
    const serializer: vscode.WebviewPanelSerializer = {
      deserializeWebviewPanel: async (panel, state: unknown) =>
        (await this.#load()).restore(panel, state),
    };
    const editors: vscode.CustomReadonlyEditorProvider = {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      resolveCustomEditor: async ({ uri }, panel) => {
        const { openProfileEditor } = await import('./profileEditor.ts');
        openProfileEditor(await this.#load(), uri, panel);
      },
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

  dispose(): void {
    this.#host?.then(
      (host) => host.dispose(),
      (error: unknown) => showError(error, this.#log),
    );
  }

  #load(): Promise<PanelHost> {
    this.#host ??= import('./panelHost.ts').then(({ PanelHost }) => new PanelHost(this.#parts));
    return this.#host;
  }
}

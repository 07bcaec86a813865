import type * as vscode from 'vscode';
import type { PanelContent } from '../../protocol/panelMessages.ts';
import { showError } from '../platform/showError.ts';
import type { PanelHost, PanelHostParts } from './panelHost.ts';

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

  /** Fills a panel that VS Code kept over a restart. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    (await this.#load()).restore(panel, state);
  }

  /** Shows a file in the editor that VS Code opened for it. */
  async edit(uri: vscode.Uri, panel: vscode.WebviewPanel): Promise<void> {
    const { openProfileEditor } = await import('./profileEditor.ts');
    openProfileEditor(await this.#load(), uri, panel);
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

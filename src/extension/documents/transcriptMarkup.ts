import * as vscode from 'vscode';
import { SCHEME, TRANSCRIPT_LANGUAGE } from './documentUris.ts';

/** Markup that carries no meaning for a reader: the stars round a speaker, and the address behind a time. */
const MARKUP = [/^\*\*|\*\*(?= \[)/gm, /(?<=\[(?:\d+:)?\d{1,2}:\d{2}\])\([^)\s]*\)/g];

/** Dims the markup of transcripts, so that the eye meets speakers, times and words. */
export class TranscriptMarkup implements vscode.Disposable {
  readonly #dim = vscode.window.createTextEditorDecorationType({ opacity: '0.35' });
  readonly #subscriptions: { dispose(): unknown }[];

  constructor() {
    this.#subscriptions = [
      this.#dim,
      vscode.window.onDidChangeActiveColorTheme(() => this.#drawAll()),
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(this.#draw)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        vscode.window.visibleTextEditors
          .filter((editor) => editor.document === document)
          .forEach(this.#draw);
      }),
    ];
    this.#drawAll();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #drawAll(): void {
    vscode.window.visibleTextEditors.forEach(this.#draw);
  }

  readonly #draw = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    if (document.uri.scheme !== SCHEME || document.languageId !== TRANSCRIPT_LANGUAGE) return;
    const text = highContrast() ? '' : document.getText();
    const ranges = MARKUP.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(
        ({ index, 0: found }) =>
          new vscode.Range(document.positionAt(index), document.positionAt(index + found.length)),
      ),
    );
    editor.setDecorations(this.#dim, ranges);
  };
}

/** Who chose high contrast did so to see everything. */
function highContrast(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return (
    kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight
  );
}

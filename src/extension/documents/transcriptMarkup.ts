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
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(this.#draw)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        vscode.window.visibleTextEditors
          .filter((editor) => editor.document === document)
          .forEach(this.#draw);
      }),
    ];
    vscode.window.visibleTextEditors.forEach(this.#draw);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  readonly #draw = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    if (document.uri.scheme !== SCHEME || document.languageId !== TRANSCRIPT_LANGUAGE) return;
    const text = document.getText();
    const ranges = MARKUP.flatMap((pattern) =>
      [...text.matchAll(pattern)].map(
        ({ index, 0: found }) =>
          new vscode.Range(document.positionAt(index), document.positionAt(index + found.length)),
      ),
    );
    editor.setDecorations(this.#dim, ranges);
  };
}

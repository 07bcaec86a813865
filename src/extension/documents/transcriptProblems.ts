import * as vscode from 'vscode';
import { lowConfidence } from '../platform/settings.ts';
import { SCHEME, TRANSCRIPT_LANGUAGE } from './documentUris.ts';
import type { EarshotDocuments } from './earshotDocuments.ts';
import { uncertainStretches } from './segmentNotes.ts';

/** Stretches of uncertain text of the open transcripts, in the Problems panel, where the setting wants them. */
export class TranscriptProblems implements vscode.Disposable {
  readonly #documents: EarshotDocuments;
  readonly #problems = vscode.languages.createDiagnosticCollection('earshot');
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(documents: EarshotDocuments) {
    this.#documents = documents;
    this.#subscriptions = [
      this.#problems,
      vscode.workspace.onDidOpenTextDocument((document) => void this.#mark(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => void this.#mark(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#problems.delete(uri)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('earshot')) this.#markAll();
      }),
    ];
    this.#markAll();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #markAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.#mark(document);
  }

  async #mark(document: vscode.TextDocument): Promise<void> {
    if (document.uri.scheme !== SCHEME || document.languageId !== TRANSCRIPT_LANGUAGE) return;
    const { problems, threshold } = lowConfidence();
    const transcript = problems ? await this.#documents.transcriptOf(document) : undefined;
    if (!transcript || document.isClosed) {
      this.#problems.delete(document.uri);
      return;
    }
    const found = uncertainStretches(transcript, threshold).map(({ first, last, message }) => {
      const problem = new vscode.Diagnostic(
        new vscode.Range(first.line, first.startCharacter, last.line, last.endCharacter),
        message,
        vscode.DiagnosticSeverity.Information,
      );
      problem.source = 'Earshot';
      problem.code = 'low-confidence';
      return problem;
    });
    this.#problems.set(document.uri, found);
  }
}

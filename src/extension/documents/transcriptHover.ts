import * as vscode from 'vscode';
import type { EarshotDocuments } from './earshotDocuments.ts';
import { segmentAt, segmentNote } from './segmentNotes.ts';

/** How sure the text under the mouse is, and where its voice came from. */
export class TranscriptHover implements vscode.HoverProvider {
  readonly #documents: EarshotDocuments;

  constructor(documents: EarshotDocuments) {
    this.#documents = documents;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const transcript = await this.#documents.transcriptOf(document);
    const segment = transcript && segmentAt(transcript, position.line, position.character);
    if (!segment) return undefined;
    const range = new vscode.Range(
      segment.line,
      segment.startCharacter,
      segment.line,
      segment.endCharacter,
    );
    return new vscode.Hover(new vscode.MarkdownString(segmentNote(segment)), range);
  }
}

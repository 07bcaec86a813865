import * as vscode from 'vscode';
import type { DocumentSection } from '../../protocol/document.ts';
import { formatTime } from '../platform/formatTime.ts';
import type { EarshotDocuments } from './earshotDocuments.ts';

/** Outline, breadcrumbs and folding of transcripts: chapters, and turns within them. */
export class TranscriptOutline
  implements vscode.DocumentSymbolProvider, vscode.FoldingRangeProvider
{
  readonly #documents: EarshotDocuments;

  constructor(documents: EarshotDocuments) {
    this.#documents = documents;
  }

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const transcript = await this.#documents.transcriptOf(document);
    const top: vscode.DocumentSymbol[] = [];
    for (const section of transcript?.sections ?? []) {
      const symbol = symbolOf(document, section);
      const chapter = top.at(-1);
      const inside =
        section.kind === 'turn' &&
        chapter?.kind === vscode.SymbolKind.Module &&
        chapter.range.contains(symbol.range);
      (inside ? chapter.children : top).push(symbol);
    }
    return top;
  }

  async provideFoldingRanges(document: vscode.TextDocument): Promise<vscode.FoldingRange[]> {
    const transcript = await this.#documents.transcriptOf(document);
    return (transcript?.sections ?? [])
      .filter(({ startLine, endLine }) => endLine > startLine)
      .map(({ startLine, endLine }) => new vscode.FoldingRange(startLine, endLine));
  }
}

function symbolOf(document: vscode.TextDocument, section: DocumentSection): vscode.DocumentSymbol {
  const range = document.validateRange(
    new vscode.Range(section.startLine, 0, section.endLine, Number.MAX_SAFE_INTEGER),
  );
  return new vscode.DocumentSymbol(
    section.title || formatTime(section.start),
    formatTime(section.start),
    section.kind === 'chapter' ? vscode.SymbolKind.Module : vscode.SymbolKind.String,
    range,
    document.lineAt(range.start.line).range,
  );
}

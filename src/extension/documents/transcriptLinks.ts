import * as vscode from 'vscode';
import { formatTime } from '../platform/formatTime.ts';
import type { EarshotDocuments } from './earshotDocuments.ts';
import { localSourceLink, timeLinks } from './timeLinks.ts';

/** Times in a transcript as links that open the source at that second. */
export class TranscriptLinks implements vscode.DocumentLinkProvider {
  readonly #documents: EarshotDocuments;

  constructor(documents: EarshotDocuments) {
    this.#documents = documents;
  }

  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const transcript = await this.#documents.transcriptOf(document);
    if (!transcript) return [];
    const source = localSourceLink(transcript);
    return [...(source ? [source] : []), ...timeLinks(transcript)].map((at) => {
      const range = new vscode.Range(at.line, at.startCharacter, at.line, at.endCharacter);
      const link = new vscode.DocumentLink(range, target(transcript.source, at.seconds, at.url));
      link.tooltip = `Open the source at ${formatTime(at.seconds)}`;
      return link;
    });
  }
}

function target(source: string, seconds: number, url: string | null): vscode.Uri {
  if (url !== null) return vscode.Uri.parse(url, true);
  const query = encodeURIComponent(JSON.stringify([source, seconds]));
  return vscode.Uri.parse(`command:earshot.openSourceAt?${query}`);
}

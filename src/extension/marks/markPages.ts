import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { pagePath, SCHEME } from '../documents/documentUris.ts';
import type { EarshotDocuments } from '../documents/earshotDocuments.ts';
import { markPage } from './markMarkdown.ts';
import type { KnownMark } from './marksStore.ts';

/** The pages that tell a mark in full, as documents that diagnostics can point to. */
export class MarkPages {
  readonly #documents: EarshotDocuments;

  constructor(documents: EarshotDocuments) {
    this.#documents = documents;
  }

  /** Where the page of a mark is, as the mark is now. */
  of(known: KnownMark): vscode.Uri {
    const name = pageName(known);
    this.#documents.setPage(name, markPage(known.mark));
    return vscode.Uri.from({ scheme: SCHEME, path: pagePath(name) });
  }
}

/** Unlike that of any other mark, and plain enough for the title of a tab. */
function pageName({ folder, mark }: KnownMark): string {
  const about = mark.verdict?.stage ?? mark.finding?.kind ?? '';
  const plain = about
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 40)
    .toWellFormed();
  const id = createHash('sha256').update(JSON.stringify([folder.uri.toString(), mark.key]));
  return `${mark.verdict?.word ?? 'finding'}-${plain}-${id.digest('hex').slice(0, 8)}`;
}

import * as vscode from 'vscode';
import type { TranscriptDocument } from '../../protocol/document.ts';
import type { VideoSummary } from '../../protocol/library.ts';
import { Document, GetRunReport } from '../../protocol/messages.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import { parseDocumentPath, type DocumentPath } from './documentUris.ts';

/** The content of `earshot:` documents, loaded once and again when the library says that it changed. */
export class EarshotDocuments {
  readonly #client: WorkerClient;
  readonly #transcripts = new Map<string, Promise<TranscriptDocument>>();
  readonly #stamps = new Map<string, string>();
  readonly #pages = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<DocumentPath>();
  /** Fires for a document whose content is another now. */
  readonly onDidChange = this.#changed.event;

  constructor(client: WorkerClient) {
    this.#client = client;
  }

  /** @throws RpcError where the library has no such transcript. */
  transcript(id: string): Promise<TranscriptDocument> {
    const known = this.#transcripts.get(id);
    if (known) return known;
    const loading = this.#client.request(Document, { id });
    this.#transcripts.set(id, loading);
    // A failure is not kept: the next look asks again.
    loading.catch(() => this.#transcripts.delete(id));
    return loading;
  }

  /** The transcript that a document shows; undefined for other documents and while it cannot be had. */
  async transcriptOf(document: vscode.TextDocument): Promise<TranscriptDocument | undefined> {
    const path = parseDocumentPath(document.uri.path);
    if (path?.kind !== 'transcript') return undefined;
    return this.transcript(path.id).catch(() => undefined);
  }

  async text(path: DocumentPath): Promise<string> {
    switch (path.kind) {
      case 'transcript':
        return (await this.transcript(path.id)).text;
      case 'run':
        return (await this.#client.request(GetRunReport, { id: path.id })).markdown;
      case 'page': {
        const page = this.#pages.get(path.id);
        if (page === undefined) throw vscode.FileSystemError.FileNotFound(path.id);
        return page;
      }
    }
  }

  /** Sets a page that was made for the moment, such as the answer of the doctor. */
  setPage(id: string, text: string): void {
    this.#pages.set(id, text);
    this.#changed.fire({ kind: 'page', id });
  }

  /** Forgets transcripts that are older than the library. */
  update(videos: readonly VideoSummary[]): void {
    const stamps = new Map(videos.map((video) => [video.id, `${video.updatedAt} ${video.state}`]));
    for (const id of this.#transcripts.keys()) {
      const stamp = stamps.get(id) ?? 'removed';
      if ((this.#stamps.get(id) ?? stamp) === stamp) continue;
      this.#transcripts.delete(id);
      this.#changed.fire({ kind: 'transcript', id });
    }
    this.#stamps.clear();
    for (const [id, stamp] of stamps) this.#stamps.set(id, stamp);
  }
}

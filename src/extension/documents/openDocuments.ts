import * as vscode from 'vscode';
import { GetRunReport } from '../../protocol/messages.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import { SCHEME, pagePath, runPath, transcriptPath } from './documentUris.ts';
import type { EarshotDocuments } from './earshotDocuments.ts';

/** Opens Earshot's documents in the editor. */
export class DocumentOpener {
  readonly #client: WorkerClient;
  readonly #documents: EarshotDocuments;

  constructor(client: WorkerClient, documents: EarshotDocuments) {
    this.#client = client;
    this.#documents = documents;
  }

  /** @param segment index of the segment to select. */
  async transcript(id: string, segment?: number): Promise<void> {
    const transcript = await this.#documents.transcript(id);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: transcriptPath(id, transcript.title) });
    const at = segment === undefined ? undefined : transcript.segments[segment];
    await vscode.window.showTextDocument(uri, {
      preview: false,
      ...(at && {
        selection: new vscode.Range(at.line, at.startCharacter, at.line, at.endCharacter),
      }),
    });
  }

  /** The report of a run, or of a video's last run. */
  async runReport(videoOrRunId: string, title: string): Promise<void> {
    const { runId } = await this.#client.request(GetRunReport, { id: videoOrRunId });
    const uri = vscode.Uri.from({ scheme: SCHEME, path: runPath(runId, title) });
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  /** A page that was made for the moment. */
  async page(name: string, markdown: string): Promise<void> {
    this.#documents.setPage(name, markdown);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: pagePath(name) });
    await vscode.window.showTextDocument(uri, { preview: false });
  }
}

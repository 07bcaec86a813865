import * as vscode from 'vscode';
import type { VideoSummary } from '../../protocol/library.ts';
import { List } from '../../protocol/messages.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';

/** The videos as last heard of; the worker tells when they change, whoever changed them. */
export class Library {
  readonly #client: WorkerClient;
  readonly #changed = new vscode.EventEmitter<readonly VideoSummary[]>();
  readonly onDidChange = this.#changed.event;
  #videos: readonly VideoSummary[] | undefined;

  constructor(client: WorkerClient) {
    this.#client = client;
  }

  /** Asks the worker the first time. */
  async videos(): Promise<readonly VideoSummary[]> {
    return this.#videos ?? (await this.refresh());
  }

  async refresh(): Promise<readonly VideoSummary[]> {
    const { videos } = await this.#client.request(List, {});
    this.set(videos);
    return videos;
  }

  set(videos: readonly VideoSummary[]): void {
    this.#videos = videos;
    this.#changed.fire(videos);
  }

  /** Whether anybody has looked at the library yet. */
  get inUse(): boolean {
    return this.#videos !== undefined;
  }
}

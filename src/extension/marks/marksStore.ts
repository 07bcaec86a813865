import * as vscode from 'vscode';
import { GetMarks, type LastVerdict, type Mark } from '../../protocol/markMessages.ts';
import { reportOf } from '../../protocol/rpcError.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import type { JudgedFolders } from './judgedFolders.ts';

/** A mark with the folder of the workspace that it belongs to. */
export interface KnownMark {
  readonly folder: vscode.WorkspaceFolder;
  readonly uri: vscode.Uri;
  readonly mark: Mark;
}

/**
 * The marks of the workspace as last heard of. Nothing is asked before a file is seen of a trusted folder that was judged,
 * or the person asks.
 */
export class MarksStore implements vscode.Disposable {
  readonly #client: WorkerClient;
  readonly #judged: JudgedFolders;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #folders = new Map<string, FolderMarks>();
  #asking: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  constructor(client: WorkerClient, judged: JudgedFolders, log: vscode.LogOutputChannel) {
    this.#client = client;
    this.#judged = judged;
    this.#log = log;
  }

  /** Asks for the folders that were judged, of which a file is seen, and that were not asked for yet. */
  look(): void {
    const folders = this.#judged.all.filter(({ uri }) => !this.#folders.has(uri.toString()));
    if (folders.length === 0) return;
    for (const folder of folders) this.#folders.set(folder.uri.toString(), new FolderMarks(folder));
    void this.refresh();
  }

  /** Asks for all folders of the workspace now, as the person wants to see what there is. */
  async lookAtAll(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const key = folder.uri.toString();
      if (folder.uri.scheme === 'file' && !this.#folders.has(key)) {
        this.#folders.set(key, new FolderMarks(folder));
      }
    }
    await this.refresh();
  }

  /** Asks again for what was asked for: one request at a time, and one more where that came too early. */
  refresh(): Promise<void> {
    this.#waiting ??= this.#asking.then(() => {
      this.#waiting = undefined;
      this.#asking = this.#ask();
      return this.#asking;
    });
    return this.#waiting;
  }

  /** Forgets folders that left the workspace. */
  forget(folders: readonly vscode.WorkspaceFolder[]): void {
    for (const { uri } of folders) this.#folders.delete(uri.toString());
    this.#changed.fire();
  }

  /** What is to be shown in a file. */
  in(uri: vscode.Uri): readonly KnownMark[] {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const known = folder && this.#folders.get(folder.uri.toString());
    return known?.byFile.get(uri.toString()) ?? [];
  }

  /** All that is to be shown. */
  get shown(): KnownMark[] {
    return this.#all.filter(({ mark }) => mark.silenced === null);
  }

  get silenced(): KnownMark[] {
    return this.#all.filter(({ mark }) => mark.silenced !== null);
  }

  /** The mark of a key in a folder of the workspace. */
  find(folder: string, key: string): KnownMark | undefined {
    return this.#folders.get(folder)?.marks.find(({ mark }) => mark.key === key);
  }

  /** The newest verdict of all folders. */
  get last(): LastVerdict | null {
    const all = Array.from(this.#folders.values(), ({ last }) => last);
    return all.reduce<LastVerdict | null>(
      (newest, each) =>
        each !== null && (newest === null || each.madeAt > newest.madeAt) ? each : newest,
      null,
    );
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #all(): KnownMark[] {
    return Array.from(this.#folders.values()).flatMap(({ marks }) => marks);
  }

  async #ask(): Promise<void> {
    for (const known of this.#folders.values()) {
      try {
        const workspace = known.folder.uri.fsPath;
        known.set(await this.#client.request(GetMarks, { workspace }));
      } catch (error) {
        const { code, message } = reportOf(error);
        this.#log.warn(`marks: ${code}: ${message}`);
      }
    }
    this.#changed.fire();
  }
}

/** What is known of one folder. */
class FolderMarks {
  readonly folder: vscode.WorkspaceFolder;
  marks: readonly KnownMark[] = [];
  byFile: ReadonlyMap<string, readonly KnownMark[]> = new Map();
  last: LastVerdict | null = null;

  constructor(folder: vscode.WorkspaceFolder) {
    this.folder = folder;
  }

  set({ marks, last }: { marks: readonly Mark[]; last: LastVerdict | null }): void {
    const { folder } = this;
    this.last = last;
    this.marks = marks.map((mark) => ({
      folder,
      mark,
      uri: vscode.Uri.joinPath(folder.uri, mark.file),
    }));
    const shown = this.marks.filter(({ mark }) => mark.silenced === null);
    this.byFile = Map.groupBy(shown, ({ uri }) => uri.toString());
  }
}

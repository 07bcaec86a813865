import * as vscode from 'vscode';
import { parseDocumentPath } from './documentUris.ts';
import type { EarshotDocuments } from './earshotDocuments.ts';

/** `earshot:` as a read-only file system, so that its documents open, reload and diff like files. */
export class EarshotFileSystem implements vscode.FileSystemProvider {
  readonly #load: () => Promise<EarshotDocuments>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #openedAt = Date.now();
  readonly #changedAt = new Map<string, number>();

  #documents: Promise<EarshotDocuments> | undefined;

  /** @param load called when the first document is read */
  constructor(load: () => Promise<EarshotDocuments>) {
    this.#load = load;
  }

  /** Changes are told for all open documents; there is nothing to watch one by one. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const content = await this.readFile(uri);
    return {
      type: vscode.FileType.File,
      ctime: this.#openedAt,
      mtime: this.#changedAt.get(uri.path) ?? this.#openedAt,
      size: content.byteLength,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const path = parseDocumentPath(uri.path);
    if (!path) throw vscode.FileSystemError.FileNotFound(uri);
    try {
      this.#documents ??= this.#followed();
      const documents = await this.#documents;
      return new TextEncoder().encode(await documents.text(path));
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      throw code === 'library.not-found'
        ? vscode.FileSystemError.FileNotFound(uri)
        : vscode.FileSystemError.Unavailable(message ?? String(error));
    }
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #followed(): Promise<EarshotDocuments> {
    const documents = await this.#load();
    documents.onDidChange(({ kind, id }) => this.#tell(kind, id));
    return documents;
  }

  #tell(kind: string, id: string): void {
    const now = Date.now();
    const changes = vscode.workspace.textDocuments.filter(({ uri }) => {
      const path = parseDocumentPath(uri.path);
      return uri.scheme === 'earshot' && path?.kind === kind && path.id === id;
    });
    for (const { uri } of changes) this.#changedAt.set(uri.path, now);
    this.#changed.fire(changes.map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
  }
}

import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { libraryHome } from '../platform/libraryHome.ts';
import { JudgedRoots } from './judgedRoots.ts';

/**
 * The folders of a trusted workspace of which something may be known and a file is seen: marks are asked for in these
 * alone, and in a window without any there is nothing to load and no worker to start.
 */
export class JudgedFolders implements vscode.Disposable {
  readonly #seen = new vscode.EventEmitter<void>();
  /** Fires with each look that finds some. */
  readonly onDidSee = this.#seen.event;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #judged: JudgedRoots | undefined;

  constructor() {
    const look = (): void => this.#look();
    this.#subscriptions = [
      this.#seen,
      vscode.window.onDidChangeVisibleTextEditors(look),
      vscode.workspace.onDidGrantWorkspaceTrust(look),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('earshot.home')) return;
        this.#judged?.dispose();
        this.#judged = undefined;
        look();
      }),
    ];
  }

  /** Those of now. The first look that has a file before it begins to watch for what is judged. */
  get all(): readonly vscode.WorkspaceFolder[] {
    const folders = vscode.workspace.isTrusted ? foldersInSight() : [];
    if (folders.length === 0) return [];
    this.#judged ??= new JudgedRoots(libraryHome(), () => this.#look());
    const { roots } = this.#judged;
    return roots.length === 0 ? [] : folders.filter(({ uri }) => concerns(roots, uri.fsPath));
  }

  dispose(): void {
    this.#judged?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(): void {
    if (this.all.length > 0) this.#seen.fire();
  }
}

function foldersInSight(): vscode.WorkspaceFolder[] {
  const folders = vscode.window.visibleTextEditors
    .filter(({ document }) => document.uri.scheme === 'file')
    .flatMap(({ document }) => vscode.workspace.getWorkspaceFolder(document.uri) ?? []);
  return [...new Set(folders)];
}

/** Whether one of the folders that were judged is this one, around it or in it. */
function concerns(roots: readonly string[], folder: string): boolean {
  const real = realFolder(folder);
  return roots.some((root) => contains(root, real) || contains(real, root));
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function contains(folder: string, path: string): boolean {
  const within = relative(folder, path);
  return within !== '..' && !within.startsWith(`..${sep}`) && !isAbsolute(within);
}

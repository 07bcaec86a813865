import * as vscode from 'vscode';

/** A view whose content is loaded when the view is looked at. */
export class LazyTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  readonly #load: () => Promise<vscode.TreeDataProvider<T>>;
  readonly #changed = new vscode.EventEmitter<T | T[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #tree: vscode.TreeDataProvider<T> | undefined;

  constructor(load: () => Promise<vscode.TreeDataProvider<T>>) {
    this.#load = load;
  }

  async getChildren(parent?: T): Promise<T[]> {
    const tree = await this.#load();
    if (this.#tree === undefined) {
      this.#tree = tree;
      tree.onDidChangeTreeData?.((changed) => this.#changed.fire(changed ?? undefined));
    }
    return (await tree.getChildren(parent)) ?? [];
  }

  /** Asked of what `getChildren` gave alone. */
  getTreeItem(node: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#tree?.getTreeItem(node) ?? new vscode.TreeItem('');
  }

  getParent(node: T): vscode.ProviderResult<T> {
    return this.#tree?.getParent?.(node);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

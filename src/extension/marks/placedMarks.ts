import * as vscode from 'vscode';
import { findAnchor, followChanges, type LineChange, type Lines, type Place } from './anchors.ts';
import type { KnownMark, MarksStore } from './marksStore.ts';

/** A mark where it stands in an open document. */
export interface PlacedMark extends KnownMark {
  readonly place: Place;
}

/** Where marks stand in the documents that have been seen, followed through their edits. */
export class PlacedMarks implements vscode.Disposable {
  readonly #store: MarksStore;
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  /** Fires for a document in which something is shown elsewhere or otherwise than before. */
  readonly onDidChange = this.#changed.event;
  readonly #documents = new Map<vscode.TextDocument, readonly PlacedMark[]>();
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(store: MarksStore) {
    this.#store = store;
    this.#subscriptions = [
      this.#changed,
      store.onDidChange(() => this.#placeAgain()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#placeVisible()),
      vscode.workspace.onDidChangeTextDocument((change) => this.#follow(change)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#drop(document)),
    ];
    this.#placeVisible();
  }

  /** What stands in a document; nothing in one that has not been seen. */
  in(document: vscode.TextDocument): readonly PlacedMark[] {
    return this.#documents.get(document) ?? [];
  }

  /** Documents that hold marks. */
  get documents(): vscode.TextDocument[] {
    return Array.from(this.#documents.keys());
  }

  /** Where a mark stands now, also in a document that has just been opened. */
  placeOf(document: vscode.TextDocument, { mark }: KnownMark): Place {
    const placed = this.in(document).find((each) => each.mark.key === mark.key);
    return placed?.place ?? findAnchor(linesOf(document), mark.source.line - 1, mark.lineText);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#documents.clear();
  }

  #placeVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (!this.#documents.has(document)) this.#place(document);
    }
  }

  #placeAgain(): void {
    for (const document of this.#documents.keys()) this.#place(document);
    this.#placeVisible();
  }

  #place(document: vscode.TextDocument): void {
    const before = this.in(document);
    const lines = linesOf(document);
    const placed = this.#store.in(document.uri).map((known): PlacedMark => {
      const { mark } = known;
      const same = before.find(
        (each) =>
          each.mark.key === mark.key &&
          each.mark.source.line === mark.source.line &&
          each.mark.lineText === mark.lineText,
      );
      const place = same?.place ?? findAnchor(lines, mark.source.line - 1, mark.lineText);
      return { ...known, place };
    });
    if (placed.length > 0) this.#documents.set(document, placed);
    else if (before.length === 0) return;
    else this.#documents.delete(document);
    this.#changed.fire(document);
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const before = this.#documents.get(document);
    if (before === undefined || contentChanges.length === 0) return;
    const lines = linesOf(document);
    const changes = contentChanges.map(lineChange);
    const after = before.map((placed): PlacedMark => {
      const place = followChanges(lines, placed.place, placed.mark.lineText, changes);
      const { line, stale } = placed.place;
      if (place.line === line && place.stale === stale) return placed;
      return { ...placed, place };
    });
    this.#documents.set(document, after);
    if (after.some((placed, i) => placed !== before[i])) this.#changed.fire(document);
  }

  #drop(document: vscode.TextDocument): void {
    if (this.#documents.delete(document)) this.#changed.fire(document);
  }
}

function linesOf(document: vscode.TextDocument): Lines {
  return { count: document.lineCount, at: (line) => document.lineAt(line).text };
}

function lineChange({ range, text }: vscode.TextDocumentContentChangeEvent): LineChange {
  const { start, end } = range;
  return {
    start: start.line,
    startCharacter: start.character,
    end: end.line,
    endCharacter: end.character,
    added: text.split(/\r\n|\r|\n/u).length - 1,
    endsLine: /[\r\n]$/u.test(text),
  };
}

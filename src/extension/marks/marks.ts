import * as vscode from 'vscode';
import type { EarshotDocuments } from '../documents/earshotDocuments.ts';
import type { Panels } from '../panels/panels.ts';
import { showError } from '../platform/showError.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import type { WorkerEvents } from '../workerClient/workerEvents.ts';
import { INLINE_SETTINGS } from './inlineSettings.ts';
import type { JudgedFolders } from './judgedFolders.ts';
import { MARK_ACTIONS } from './markActions.ts';
import { MARK_COMMANDS, type MarkAction } from './markCommandIds.ts';
import { MarkDecorations } from './markDecorations.ts';
import { MarkDiagnostics } from './markDiagnostics.ts';
import { MarkFixes } from './markFixes.ts';
import { MarkHovers } from './markHovers.ts';
import { MarkLenses } from './markLenses.ts';
import { showRegressions, showSilenced } from './markLists.ts';
import { MarkPages } from './markPages.ts';
import { MarksStore } from './marksStore.ts';
import { PlacedMarks } from './placedMarks.ts';
import { VerdictStatus } from './verdictStatus.ts';

/** What marks need of the window. */
export interface MarksParts {
  readonly client: WorkerClient;
  readonly events: WorkerEvents;
  readonly documents: EarshotDocuments;
  readonly judged: JudgedFolders;
  readonly panels: Panels;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** What is known of the lines of the workspace, on the lines: it costs nothing until a file of it is seen. */
export class Marks implements vscode.Disposable {
  readonly #parts: MarksParts;
  readonly #store: MarksStore;
  readonly #placed: PlacedMarks;
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(parts: MarksParts) {
    const { client, events, judged, log, extensionUri } = parts;
    this.#parts = parts;
    this.#store = new MarksStore(client, judged, log);
    this.#placed = new PlacedMarks(this.#store);
    const pages = new MarkPages(parts.documents);
    const files = { scheme: 'file' };
    const lenses = new MarkLenses(this.#placed);
    const surfaces = [
      lenses,
      new MarkDecorations(this.#placed, extensionUri),
      new MarkDiagnostics(this.#placed, pages),
      new VerdictStatus(this.#store),
    ];
    this.#subscriptions = [
      this.#store,
      this.#placed,
      ...surfaces,
      vscode.languages.registerCodeLensProvider(files, lenses),
      vscode.languages.registerHoverProvider(files, new MarkHovers(this.#placed)),
      vscode.languages.registerCodeActionsProvider(
        files,
        new MarkFixes(this.#placed),
        MarkFixes.metadata,
      ),
      judged.onDidSee(() => this.#store.look()),
      vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => this.#store.forget(removed)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(INLINE_SETTINGS)) {
          for (const surface of surfaces) surface.refresh();
        }
      }),
      events.onMarksChanged(() => void this.#store.refresh()),
      events.onRestart(() => void this.#store.refresh()),
      ...(Object.keys(MARK_ACTIONS) as MarkAction[]).map((action) =>
        vscode.commands.registerCommand(
          MARK_COMMANDS[action],
          (folder: unknown, key: unknown) => void this.#act(action, folder, key, pages),
        ),
      ),
    ];
    this.#store.look();
  }

  /** A list of what is known, to go to a line. */
  showRegressions(): Promise<void> {
    return showRegressions(this.#store, this.#placed);
  }

  /** A list of what is silenced, to undo that. */
  showSilenced(): Promise<void> {
    return showSilenced(this.#store, this.#parts.client);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Arguments come from lenses and links, and may be of a mark that is gone. */
  async #act(action: MarkAction, folder: unknown, key: unknown, pages: MarkPages): Promise<void> {
    if (typeof folder !== 'string' || typeof key !== 'string') return;
    const known = this.#store.find(folder, key);
    if (known === undefined) {
      void vscode.window.showInformationMessage(
        'This was judged anew since: look at the line again.',
      );
      return;
    }
    try {
      const { client, panels } = this.#parts;
      await MARK_ACTIONS[action]({ client, panels, store: this.#store, pages }, known);
    } catch (error) {
      void showError(error, this.#parts.log);
    }
  }
}

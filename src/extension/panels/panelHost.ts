import * as vscode from 'vscode';
import { ChartChanged, ChartProgress } from '../../protocol/chartMessages.ts';
import type { IngestEvent } from '../../protocol/ingest.ts';
import {
  type PanelContent,
  PanelIngestEvent,
  SettingsChanged,
} from '../../protocol/panelMessages.ts';
import { RunsChanged } from '../../protocol/runMessages.ts';
import type { WorkerEvents } from '../workerClient/workerEvents.ts';
import { serveActions } from './actions/serveActions.ts';
import { keptContent } from './keptContent.ts';
import { PanelFrame, type FrameRole } from './panelFrame.ts';
import { panelKey } from './panelKey.ts';
import { PANEL_KINDS } from './panelKinds.ts';
import { concernsPanels, panelSettings } from './panelSettings.ts';
import type { Worker } from './relay.ts';
import { ChosenFiles, sourcesOf } from './sourceFiles.ts';

/** What panels need of the window. */
export interface PanelHostParts {
  readonly extensionUri: vscode.Uri;
  readonly worker: Worker;
  readonly events: Pick<
    WorkerEvents,
    'onChartProgress' | 'onChartChanged' | 'onRunsChanged' | 'onRestart'
  >;
  readonly onIngestEvent: vscode.Event<IngestEvent>;
  readonly openTranscript: (videoId: string, segment: number) => Promise<void>;
  readonly log: (line: string) => void;
}

/** The panels of this window: opens, finds, restores and tells them what goes on. */
export class PanelHost implements vscode.Disposable {
  readonly #parts: PanelHostParts;
  readonly #files = new ChosenFiles();
  readonly #frames = new Set<PanelFrame>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(parts: PanelHostParts) {
    this.#parts = parts;
    const { events, onIngestEvent } = parts;
    this.#subscriptions = [
      events.onChartProgress((told) => {
        for (const frame of this.#frames) {
          const operation = frame.ownOperation(told.operation);
          if (operation !== undefined) frame.notify(ChartProgress, { ...told, operation });
        }
      }),
      events.onChartChanged((told) => {
        for (const frame of this.#frames)
          if (frame.holds(told.chart)) frame.notify(ChartChanged, told);
      }),
      events.onRunsChanged(() => {
        for (const frame of this.#frames) frame.notify(RunsChanged, {});
      }),
      events.onRestart(() => {
        for (const frame of this.#frames) frame.workerRestarted();
      }),
      onIngestEvent((event) => {
        for (const frame of this.#frames) {
          if (frame.content.panel === 'dashboard') frame.notify(PanelIngestEvent, { event });
        }
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!concernsPanels(change)) return;
        for (const frame of this.#frames) frame.notify(SettingsChanged, panelSettings());
      }),
    ];
  }

  /** Shows what the person chose: in the panel that shows it already, else in a new one. */
  show(content: PanelContent, column: vscode.ViewColumn = vscode.ViewColumn.Active): void {
    this.#files.choose(sourcesOf(content));
    const key = panelKey(content);
    const open = [...this.#frames].find((frame) => panelKey(frame.content) === key);
    if (open !== undefined) {
      open.panel.reveal(undefined, false);
      open.show(content);
      return;
    }
    const { viewType, title } = PANEL_KINDS[content.panel];
    const panel = vscode.window.createWebviewPanel(viewType, title, column, {});
    this.#adopt(panel, content, 'panel');
  }

  /** Fills a panel that VS Code has kept over a restart; one whose content is not known any more is closed. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const content = keptContent(panel.viewType, state);
    if (content === undefined) {
      panel.dispose();
      return;
    }
    this.#files.choose(sourcesOf(content));
    this.#adopt(panel, content, 'panel');
  }

  /** Makes a panel the editor of a file. */
  edit(panel: vscode.WebviewPanel, path: string): PanelFrame {
    const content: PanelContent = {
      panel: 'flame',
      source: { kind: 'file', path },
      span: null,
      view: null,
    };
    this.#files.choose(sourcesOf(content));
    return this.#adopt(panel, content, 'editor');
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const frame of [...this.#frames]) frame.end();
  }

  #adopt(panel: vscode.WebviewPanel, content: PanelContent, role: FrameRole): PanelFrame {
    const { extensionUri, worker, log } = this.#parts;
    const parts = {
      extensionUri,
      worker,
      files: this.#files,
      actions: (connection: Parameters<typeof serveActions>[0]) =>
        serveActions(connection, {
          worker,
          files: this.#files,
          showPanel: (asked) => this.show(asked),
          openTranscript: this.#parts.openTranscript,
          log,
        }),
      onEnd: (ended: PanelFrame) => void this.#frames.delete(ended),
      log,
    };
    const frame = new PanelFrame(panel, content, parts, role);
    this.#frames.add(frame);
    return frame;
  }
}

import * as vscode from 'vscode';
import { CloseChart } from '../../protocol/chartMessages.ts';
import {
  PanelShows,
  PanelReady,
  ShowInPanel,
  WorkerRestarted,
  type PanelContent,
} from '../../protocol/panelMessages.ts';
import type { NotificationType, RpcConnection } from '../../protocol/rpc.ts';
import { CloseDiff } from '../../protocol/runMessages.ts';
import type { z } from 'zod';
import { titleText } from '../platform/titleText.ts';
import { OpenHandles, type Handle } from './openHandles.ts';
import { beginsPage, PageSession } from './pageSession.ts';
import { PANEL_KINDS } from './panelKinds.ts';
import { pageRoot, panelPage } from './panelPage.ts';
import { panelSettings } from './panelSettings.ts';
import { relayRequests, type Worker } from './relay.ts';
import { type ChosenFiles, sourcesOf } from './sourceFiles.ts';

/** What a panel works with. */
export interface FrameParts {
  readonly extensionUri: vscode.Uri;
  readonly worker: Worker;
  readonly files: ChosenFiles;
  /** Registers what a page may ask VS Code for. */
  readonly actions: (connection: RpcConnection) => void;
  /** The panel was closed, or is not looked after any more. */
  readonly onEnd: (frame: PanelFrame) => void;
  readonly log: (line: string) => void;
}

/** Whether the panel is a tab of its own or the editor of a file, whose name it keeps. */
export type FrameRole = 'panel' | 'editor';

let framesMade = 0;

/** A webview panel with Earshot's page in it, over all the lives of the page, until the panel is closed. */
export class PanelFrame {
  readonly panel: vscode.WebviewPanel;
  readonly #parts: FrameParts;
  readonly #role: FrameRole;
  readonly #subscriptions: vscode.Disposable[];
  readonly #handles: OpenHandles;
  readonly #prefix = `panel${++framesMade}/`;
  #session: PageSession | undefined;
  #content: PanelContent;

  constructor(
    panel: vscode.WebviewPanel,
    content: PanelContent,
    parts: FrameParts,
    role: FrameRole = 'panel',
  ) {
    this.panel = panel;
    this.#content = content;
    this.#parts = parts;
    this.#role = role;
    this.#handles = new OpenHandles((handle) => this.#closeInWorker(handle));
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        // The page of a hidden panel is gone.
        if (!panel.visible) this.#leave();
      }),
      panel.onDidDispose(() => this.end()),
    ];
    const { extensionUri } = parts;
    panel.webview.options = {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [pageRoot(extensionUri)],
    };
    if (role === 'panel') {
      const kind = PANEL_KINDS[content.panel];
      const icon = (theme: string): vscode.Uri =>
        vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'panels', `${kind.page}-${theme}.svg`);
      panel.title ||= kind.title;
      panel.iconPath = { light: icon('light'), dark: icon('dark') };
    }
    this.#load();
  }

  /** What the panel shows now. */
  get content(): PanelContent {
    return this.#content;
  }

  /** Shows something else of the same panel, or another place in it. */
  show(content: PanelContent): void {
    this.#content = content;
    this.notify(ShowInPanel, { content });
  }

  /** Tells the page something; a page that is not there asks for what it needs when it comes back. */
  notify<P extends z.ZodType>(type: NotificationType<P>, params: z.input<P>): void {
    this.#session?.connection.notify(type, params);
  }

  /** The operation as the page named it, where it is one of this panel's. */
  ownOperation(operation: string): string | undefined {
    return operation.startsWith(this.#prefix) ? operation.slice(this.#prefix.length) : undefined;
  }

  /** Whether a chart is one that this panel has opened, alone or as a side of a diff. */
  holds(chart: string): boolean {
    return this.#handles.holds(chart);
  }

  /** Loads the page again and lets it read its source again, which has changed. */
  reload(): void {
    this.#leave();
    this.#handles.closeAll();
    this.#load();
  }

  /** All that the worker held for this panel is gone. */
  workerRestarted(): void {
    this.#handles.forget();
    this.notify(WorkerRestarted, {});
  }

  /** Lets go of everything but the panel itself, which VS Code may restore. */
  end(): void {
    this.#leave();
    this.#handles.end();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#parts.onEnd(this);
  }

  #load(): void {
    const { extensionUri } = this.#parts;
    const { webview } = this.panel;
    webview.html = panelPage(webview, extensionUri, PANEL_KINDS[this.#content.panel]);
  }

  #receive(message: unknown): void {
    if (beginsPage(message)) {
      this.#leave();
      this.#session = new PageSession(
        this.panel.webview,
        (connection) => this.#serve(connection),
        (problem) => this.#parts.log(`panel: ${problem}`),
      );
    }
    this.#session?.deliver(message);
  }

  #serve(connection: RpcConnection): void {
    const { worker, files, actions } = this.#parts;
    relayRequests(connection, {
      worker,
      prefix: this.#prefix,
      mayRead: (source) => files.mayRead(source),
      opened: (handle) => this.#handles.opened(handle),
      closed: (kind, id) => this.#handles.closed(kind, id),
    });
    actions(connection);
    connection.handle(PanelReady, () => ({ content: this.#content, settings: panelSettings() }));
    connection.listen(PanelShows, ({ title, content }) => this.#shows(title, content));
  }

  #shows(title: string, content: PanelContent): void {
    const { files } = this.#parts;
    if (content.panel !== this.#content.panel) return;
    if (!sourcesOf(content).every((source) => files.mayRead(source))) return;
    this.#content = content;
    const shown = titleText(title);
    if (this.#role === 'panel' && shown !== '') this.panel.title = shown;
  }

  #leave(): void {
    this.#session?.end();
    this.#session = undefined;
    this.#handles.leave();
  }

  #closeInWorker({ kind, id }: Handle): void {
    const { worker } = this.#parts;
    // A worker that has ended holds nothing, and is not started for that.
    if (!worker.isLive) return;
    const closing =
      kind === 'chart'
        ? worker.request(CloseChart, { chart: id })
        : worker.request(CloseDiff, { diff: id });
    closing.catch(() => undefined);
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { WorkerClient } from '../../../src/extension/workerClient/workerClient.ts';
import { forkWorker } from '../../../src/extension/workerClient/workerProcess.ts';
import { ExportChart, LocateInChart } from '../../../src/protocol/chartMessages.ts';
import {
  ChooseSource,
  CopyText,
  OpenFinding,
  OpenPanel,
  OpenSegment,
  OpenSource,
  PageProblem,
  PANEL_NOTIFICATIONS,
  PANEL_REQUESTS,
  PanelIngestEvent,
  PanelReady,
  PanelShows,
  SaveExport,
  SettingsChanged,
  ShowInPanel,
  TellPerson,
  WorkerRestarted,
  type PanelContent,
  type PanelSettings,
} from '../../../src/protocol/panelMessages.ts';
import {
  RpcConnection,
  type NotificationType,
  type RequestType,
} from '../../../src/protocol/rpc.ts';
import type { CancelSignal } from '../../../src/protocol/rpcCancellation.ts';
import type { Transport } from '../../../src/protocol/rpcTransport.ts';
import { PACKAGE } from '../../integration/helpers/places.ts';

const DEFAULT_SETTINGS: PanelSettings = { wheel: 'zoom', reducedMotion: false };

/** What a page is shown, and where its worker works. */
export interface ExtensionOptions {
  readonly content: PanelContent;
  /** Folder of the library. */
  readonly home: string;
  readonly settings?: Partial<PanelSettings>;
  readonly workspace?: string;
}

/**
 * Plays the extension for one page: starts a real worker, passes on what pages may ask, and keeps what the page wanted of VS
 * Code so that a test can look at it.
 */
export class ExtensionPart {
  /** Places the page asked to open, with the answer it got. */
  readonly opened: {
    readonly span: number | null;
    readonly finding: number | null;
    readonly path: string | null;
  }[] = [];
  readonly openedFindings: z.output<typeof OpenFinding.params>[] = [];
  readonly openedPanels: PanelContent[] = [];
  readonly openedSegments: z.output<typeof OpenSegment.params>[] = [];
  readonly copied: string[] = [];
  /** Files that were saved, in a folder inside of the library's. */
  readonly saved: string[] = [];
  readonly told: string[] = [];
  readonly shows: z.output<typeof PanelShows.params>[] = [];
  /** What the page says went wrong in it. */
  readonly problems: string[] = [];
  /** What the next `ChooseSource` answers. */
  chooses: z.output<typeof ChooseSource.result>['source'] = null;

  readonly #options: ExtensionOptions;
  readonly #worker: WorkerClient;
  #pid: number | undefined;
  #page: RpcConnection | undefined;
  #content: PanelContent;
  #settings: PanelSettings;
  #wasRunning = false;

  constructor(options: ExtensionOptions) {
    this.#options = options;
    this.#content = options.content;
    this.#settings = { ...DEFAULT_SETTINGS, ...options.settings };
    this.#worker = new WorkerClient({
      start: () => {
        const handle = forkWorker(join(PACKAGE, 'dist/worker.cjs'), (line) =>
          this.problems.push(`worker: ${line}`),
        );
        this.#pid = handle.pid;
        return handle;
      },
      options: () => ({
        home: options.home,
        ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
      }),
      serve: (connection) => this.#serve(connection),
      onState: (state) => {
        if (state.kind !== 'running') return;
        if (this.#wasRunning) this.#page?.notify(WorkerRestarted, {});
        this.#wasRunning = true;
      },
      log: () => undefined,
    });
  }

  /** Connects a page, in the place of the one before it. */
  connect(transport: Transport): void {
    this.#page?.dispose();
    const page = new RpcConnection(transport, (problem) => this.problems.push(problem));
    this.#page = page;
    page.handle(PanelReady, () => ({ content: this.#content, settings: this.#settings }));
    for (const type of PANEL_REQUESTS as readonly RequestType<z.ZodType, z.ZodType>[]) {
      this.#passOn(page, type);
    }
    this.#handleEditor(page);
    page.listen(TellPerson, ({ message }) => void this.told.push(message));
    page.listen(PageProblem, ({ text }) => void this.problems.push(text));
    page.listen(PanelShows, (shows) => {
      this.shows.push(shows);
      this.#content = shows.content;
    });
  }

  /** Asks the worker beside the page. */
  request<P extends z.ZodType, R extends z.ZodType>(
    type: RequestType<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>> {
    return this.#worker.request(type, params);
  }

  /** Shows something else, or another place, in the open page. */
  show(content: PanelContent): void {
    this.#content = content;
    this.#page?.notify(ShowInPanel, { content });
  }

  /** Something goes on in an ingest that the extension follows. */
  tellIngestEvent(event: z.input<typeof PanelIngestEvent.params>['event']): void {
    this.#page?.notify(PanelIngestEvent, { event });
  }

  changeSettings(settings: Partial<PanelSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#page?.notify(SettingsChanged, this.#settings);
  }

  /** Ends the worker as a crash would; it is started again as the extension does it. */
  killWorker(): void {
    if (this.#pid !== undefined) process.kill(this.#pid, 'SIGKILL');
  }

  async dispose(): Promise<void> {
    this.#page?.dispose();
    await this.#worker.dispose();
  }

  #serve(connection: RpcConnection): void {
    for (const type of PANEL_NOTIFICATIONS as readonly NotificationType<z.ZodType>[]) {
      connection.listen(type, (params) => this.#page?.notify(type, params));
    }
  }

  #passOn<P extends z.ZodType, R extends z.ZodType>(
    page: RpcConnection,
    type: RequestType<P, R>,
  ): void {
    page.handle(
      type,
      (params, signal) =>
        this.#worker.request(type, params as z.input<P>, abortSignal(signal)) as Promise<
          z.input<R>
        >,
    );
  }

  #handleEditor(page: RpcConnection): void {
    page.handle(OpenSource, async ({ chart, span, finding }) => {
      const place = await this.#worker.request(LocateInChart, { chart, span, finding });
      this.opened.push({ span, finding, path: place.found ? `${place.path}:${place.line}` : null });
      return { opened: place.found, reason: place.found ? '' : place.reason };
    });
    page.handle(OpenFinding, (params) => {
      this.openedFindings.push(params);
      return { opened: true, reason: '' };
    });
    page.handle(OpenPanel, ({ content }) => {
      this.openedPanels.push(content);
      return {};
    });
    page.handle(OpenSegment, (params) => {
      this.openedSegments.push(params);
      return {};
    });
    page.handle(ChooseSource, () => ({ source: this.chooses }));
    page.handle(CopyText, ({ text }) => {
      this.copied.push(text);
      return {};
    });
    page.handle(SaveExport, async (wanted) => {
      const folder = join(this.#options.home, 'saved');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${this.saved.length}.${wanted.format}`);
      if (wanted.what === 'picture') writeFileSync(path, wanted.bytes);
      else
        await this.#worker.request(ExportChart, {
          chart: wanted.chart,
          format: wanted.format,
          path,
        });
      this.saved.push(path);
      return { path };
    });
  }
}

function abortSignal(signal: CancelSignal): AbortSignal {
  const controller = new AbortController();
  signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

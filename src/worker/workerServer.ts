import type { Earshot, EarshotOptions } from '../pipeline/earshot.ts';
import { EarshotError } from '../pipeline/earshotError.ts';
import type { TranscriptDocument } from '../protocol/document.ts';
import type { IngestResult } from '../protocol/ingest.ts';
import type { VideoSummary } from '../protocol/library.ts';
import {
  Doctor,
  Document,
  ExportRun,
  GetRunReport,
  Handshake,
  LibraryChanged,
  List,
  Log,
  Models,
  PROTOCOL_VERSION,
  Remove,
  Search,
  Show,
  Shutdown,
  Targets,
  type WorkerOptions,
} from '../protocol/messages.ts';
import { RpcConnection } from '../protocol/rpc.ts';
import type { Transport } from '../protocol/rpcTransport.ts';
import type { Library } from '../store/library.ts';
import { errorReport } from './errorReport.ts';
import { exportFile } from './exportFile.ts';
import { LibraryWatch } from './libraryWatch.ts';
import { Operations } from './operations.ts';
import type { CreateService, WorkerContext, WorkerService } from './workerContext.ts';

/** What the server is composed of; tests give a scripted Earshot. */
export interface WorkerParts {
  readonly open: (options: EarshotOptions) => Promise<Earshot>;
  readonly defaultHome: () => string;
  readonly renderDocument: (result: IngestResult) => TranscriptDocument;
  /** The library of a folder, for services that work on runs. */
  readonly openLibrary: (home: string) => Library;
  /** Groups of further requests. */
  readonly services: readonly CreateService[];
  /** Ends the process; called once, after the work has stopped and the library is closed. */
  readonly exit: (code: number) => void;
}

/** Work that does not stop within this time is left to be resumed by the next run. */
const STOP_GRACE_MS = 3000;
/** How soon what another process judged is seen. */
const CHECK_MS = 200;

/** Maps the messages to one Earshot, from the handshake until the parent goes. */
export class WorkerServer {
  readonly #parts: WorkerParts;
  readonly #connection: RpcConnection;
  readonly #operations: Operations;
  #earshot: Earshot | undefined;
  #watch: LibraryWatch<VideoSummary[]> | undefined;
  readonly #services: readonly WorkerService[];
  #options: WorkerOptions | undefined;
  #home = '';
  #library: Library | undefined;
  #ticking: NodeJS.Timeout | undefined;
  #ended: Promise<void> | undefined;

  constructor(transport: Transport, parts: WorkerParts) {
    this.#parts = parts;
    this.#connection = new RpcConnection(
      transport,
      (message) => this.#log('warning', message),
      errorReport,
    );
    transport.onClose(() => void this.#end());
    const earshot = (): Earshot => this.#opened();
    this.#operations = new Operations(this.#connection, earshot, () => this.#watch?.check());
    this.#handleHandshake();
    this.#handleLibrary(earshot);
    this.#handleMachine(earshot);
    const context = this.#context();
    this.#services = parts.services.map((create) => create(context));
  }

  #context(): WorkerContext {
    return {
      connection: this.#connection,
      library: () => {
        this.#opened();
        this.#library ??= this.#parts.openLibrary(this.#home);
        return this.#library;
      },
      options: () => {
        this.#opened();
        return this.#options ?? {};
      },
      log: (level, message) => this.#log(level, message),
    };
  }

  /** Ends once, on a shutdown message or when the parent has gone. */
  #end(): Promise<void> {
    this.#ended ??= this.#stop();
    return this.#ended;
  }

  async #stop(): Promise<void> {
    this.#watch?.stop();
    clearInterval(this.#ticking);
    const services = Promise.allSettled(this.#services.map(async (each) => each.stop?.()));
    const stopped = Promise.all([services, this.#operations.stop()]).then(async () => {
      this.#library?.close();
      await this.#earshot?.close();
    });
    await Promise.race([
      stopped.catch((error: unknown) => this.#log('error', String(error))),
      new Promise((resolve) => setTimeout(resolve, STOP_GRACE_MS)),
    ]);
    // After the answer to a shutdown has left.
    setImmediate(() => this.#parts.exit(0));
  }

  #opened(): Earshot {
    if (!this.#earshot) {
      throw new EarshotError(
        'worker.no-handshake',
        'The worker was asked before it was set up.',
        'Reload the window.',
      );
    }
    return this.#earshot;
  }

  #log(level: 'info' | 'warning' | 'error', message: string): void {
    this.#connection.notify(Log, { level, message });
  }

  #handleHandshake(): void {
    this.#connection.handle(Handshake, async ({ protocolVersion, options }) => {
      if (protocolVersion !== PROTOCOL_VERSION) {
        throw new EarshotError(
          'worker.version',
          `The extension speaks version ${protocolVersion} of the protocol, its worker ${PROTOCOL_VERSION}.`,
          'Reload the window to start the worker of the installed version.',
        );
      }
      const home = options.home ?? this.#parts.defaultHome();
      const earshot = await this.#parts.open({ ...definedOptions(options), home });
      this.#earshot = earshot;
      this.#options = options;
      this.#home = home;
      this.#ticking = setInterval(() => {
        for (const each of this.#services) each.check?.();
      }, CHECK_MS).unref();
      this.#watch = new LibraryWatch(
        home,
        () => earshot.list(),
        (videos) => this.#connection.notify(LibraryChanged, { videos }),
      );
      return { protocolVersion, pid: process.pid, node: process.version, home };
    });
    this.#connection.handle(Shutdown, async () => {
      await this.#end();
      return {};
    });
  }

  #handleLibrary(earshot: () => Earshot): void {
    const on = this.#connection;
    on.handle(List, () => ({ videos: earshot().list() }));
    on.handle(Show, ({ id }) => ({ result: earshot().show(id) }));
    on.handle(Document, ({ id }) => this.#parts.renderDocument(earshot().show(id)));
    on.handle(Search, async ({ text, ...options }) => ({
      hits: await earshot().search(text, options),
    }));
    on.handle(Remove, async ({ id }) => {
      const video = await earshot().remove(id);
      this.#watch?.check();
      return { video };
    });
  }

  #handleMachine(earshot: () => Earshot): void {
    const on = this.#connection;
    on.handle(Doctor, async () => ({ checks: await earshot().doctor() }));
    on.handle(Models, async () => ({ models: await earshot().models() }));
    on.handle(Targets, () => ({ targets: earshot().targets() }));
    on.handle(GetRunReport, ({ id }) => earshot().runReport(id));
    on.handle(ExportRun, async ({ id, format, path }) => ({
      bytes: await exportFile(earshot().exportRun(id, format), path),
    }));
  }
}

/** Settings that are not set are left out: the pipeline has their defaults. */
function definedOptions(options: WorkerOptions): Omit<EarshotOptions, 'home'> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

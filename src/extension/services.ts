import { join } from 'node:path';
import type * as vscode from 'vscode';
import { LibraryChanged, Log } from '../protocol/messages.ts';
import type { RpcConnection } from '../protocol/rpc.ts';
import type { CommandServices } from './commands/command.ts';
import { EarshotDocuments } from './documents/earshotDocuments.ts';
import { DocumentOpener } from './documents/openDocuments.ts';
import { serveConsent } from './jobs/consent.ts';
import { Ingester } from './jobs/ingester.ts';
import { Jobs } from './jobs/jobs.ts';
import { Library } from './library/library.ts';
import type { JudgedFolders } from './marks/judgedFolders.ts';
import { Marks } from './marks/marks.ts';
import { Panels } from './panels/panels.ts';
import { workerOptions } from './platform/settings.ts';
import { StatusBar } from './platform/statusBar.ts';
import { checkNodeApi } from './workerClient/nodeApi.ts';
import { RunList } from './runs/runList.ts';
import { WorkerClient } from './workerClient/workerClient.ts';
import { WorkerEvents } from './workerClient/workerEvents.ts';
import { forkWorker } from './workerClient/workerProcess.ts';

/** The objects of a window, wired to one another and to a worker that starts when first asked. */
export interface Services extends CommandServices {
  readonly documents: EarshotDocuments;
  readonly statusBar: StatusBar;
}

/** Builds the services; nothing starts until something is asked. */
export function createServices(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  judged: JudgedFolders,
): Services {
  const statusBar = new StatusBar();
  const jobs = new Jobs(log);
  const events = new WorkerEvents();
  const client = new WorkerClient({
    start: () => {
      checkNodeApi(process.versions);
      return forkWorker(join(context.extensionPath, 'dist', 'worker.cjs'), (line) =>
        log.warn(line),
      );
    },
    options: workerOptions,
    serve,
    onState: (state) => {
      statusBar.worker(state);
      if (state.kind === 'running') events.running();
      // Another process may have changed the library while the worker was away.
      if (state.kind === 'running' && library.inUse) library.refresh().catch(() => undefined);
    },
    log: (line) => log.info(line),
  });
  const library = new Library(client);
  const documents = new EarshotDocuments(client);
  const open = new DocumentOpener(client, documents);
  const ingester = new Ingester(client, jobs, open, showChart, log);
  library.onDidChange((videos) => documents.update(videos));
  jobs.onDidChange((text) => statusBar.work(text));

  function showChart(runId: string): Promise<void> {
    const source = { kind: 'run' as const, id: runId };
    return panels.show({ panel: 'flame', source, span: null, view: null });
  }

  function serve(connection: RpcConnection): void {
    jobs.serve(connection);
    events.serve(connection);
    serveConsent(connection);
    connection.listen(LibraryChanged, ({ videos }) => library.set(videos));
    connection.listen(Log, ({ level, message }) => {
      log[level === 'warning' ? 'warn' : level](message);
    });
  }

  const { extensionUri } = context;
  const panels = new Panels(
    {
      extensionUri,
      worker: client,
      events,
      onIngestEvent: jobs.onDidHear,
      openTranscript: (videoId, segment) => open.transcript(videoId, segment),
      log: (line) => log.warn(line),
    },
    log,
  );
  const runs = new RunList(client, events.onRunsChanged, events.onRestart);
  const marks = new Marks({ client, events, documents, judged, panels, extensionUri, log });
  return {
    extensionUri,
    client,
    events,
    jobs,
    library,
    marks,
    runs,
    documents,
    open,
    ingester,
    panels,
    statusBar,
    log,
  };
}

// First, as it counts for every schema that is declared after it.
import './platform/configureZod.ts';
import * as vscode from 'vscode';
import { registerCommands } from './commands/index.ts';
import { SCHEME, TRANSCRIPT_LANGUAGE } from './documents/documentUris.ts';
import { EarshotFileSystem } from './documents/earshotFileSystem.ts';
import { TranscriptHover } from './documents/transcriptHover.ts';
import { TranscriptLinks } from './documents/transcriptLinks.ts';
import { TranscriptMarkup } from './documents/transcriptMarkup.ts';
import { TranscriptOutline } from './documents/transcriptOutline.ts';
import { TranscriptProblems } from './documents/transcriptProblems.ts';
import { GateTests } from './gates/gateTests.ts';
import { LibraryView } from './library/libraryView.ts';
import { WORKER_SETTINGS } from './platform/settings.ts';
import { showError } from './platform/showError.ts';
import { StatusBar } from './platform/statusBar.ts';
import { RunsView } from './runs/runsView.ts';
import { createServices, type Services } from './services.ts';
import { TASK_TYPE } from './tasks/profileTask.ts';
import { ProfileTaskProvider } from './tasks/taskProvider.ts';

type Disposables = { dispose(): unknown }[];

let running: Services | undefined;

/** Builds and registers everything; the worker starts with the first request. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Earshot', { log: true });
  context.subscriptions.push(log);
  try {
    const statusBar = new StatusBar();
    const services = createServices(context, log, statusBar);
    running = services;
    context.subscriptions.push(
      statusBar,
      services.jobs,
      services.events,
      services.panels,
      services.marks,
      ...services.panels.register(),
      ...registerCommands(services),
      ...registerDocuments(services),
      ...registerLibrary(services),
      ...registerRuns(services),
      ...registerCommandsOfProjects(services),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (WORKER_SETTINGS.some((key) => change.affectsConfiguration(key))) restart(services);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => restart(services)),
    );
  } catch (error) {
    // VS Code itself shows nothing when an activation throws.
    void showError(error, log);
    throw error;
  }
}

/** Ends the worker and every process it started. */
export async function deactivate(): Promise<void> {
  await running?.client.dispose();
  running = undefined;
}

function registerDocuments({ documents }: Services): Disposables {
  const selector = { scheme: SCHEME, language: TRANSCRIPT_LANGUAGE };
  const outline = new TranscriptOutline(documents);
  return [
    vscode.workspace.registerFileSystemProvider(SCHEME, new EarshotFileSystem(documents), {
      isReadonly: true,
      isCaseSensitive: true,
    }),
    vscode.languages.registerDocumentSymbolProvider(selector, outline, { label: 'Transcript' }),
    vscode.languages.registerFoldingRangeProvider(selector, outline),
    vscode.languages.registerDocumentLinkProvider(selector, new TranscriptLinks(documents)),
    vscode.languages.registerHoverProvider(selector, new TranscriptHover(documents)),
    new TranscriptProblems(documents),
    new TranscriptMarkup(),
  ];
}

function registerLibrary({ library, jobs }: Services): Disposables {
  const view = new LibraryView(library, jobs);
  return [view, vscode.window.registerTreeDataProvider('earshot.library', view)];
}

/** Gates in the Test Explorer, and tasks that profile. */
function registerCommandsOfProjects({ client, extensionUri, log }: Services): Disposables {
  const extensionPath = extensionUri.fsPath;
  return [
    new GateTests({ client, extensionPath, log }),
    vscode.tasks.registerTaskProvider(TASK_TYPE, new ProfileTaskProvider(client, extensionPath)),
  ];
}

function registerRuns({ runs }: Services): Disposables {
  const view = new RunsView(runs);
  return [
    runs,
    view,
    vscode.window.createTreeView('earshot.runs', { treeDataProvider: view, canSelectMany: true }),
  ];
}

/** The worker takes its settings at its start; work that goes on is finished first. */
function restart({ jobs, client, log }: Services): void {
  jobs
    .idle()
    .then(() => client.restart())
    .catch((error: unknown) => showError(error, log));
}

// First, as it counts for every schema that is declared after it.
import './platform/configureZod.ts';
import * as vscode from 'vscode';
import type { CommandId } from './commands/commandIds.ts';
import { COMMANDS } from './commands/index.ts';
import { SCHEME, TRANSCRIPT_LANGUAGE } from './documents/documentUris.ts';
import { TranscriptHover } from './documents/transcriptHover.ts';
import { TranscriptLinks } from './documents/transcriptLinks.ts';
import { TranscriptMarkup } from './documents/transcriptMarkup.ts';
import { TranscriptOutline } from './documents/transcriptOutline.ts';
import { TranscriptProblems } from './documents/transcriptProblems.ts';
import { GateTests } from './gates/gateTests.ts';
import { LibraryView } from './library/libraryView.ts';
import type { JudgedFolders } from './marks/judgedFolders.ts';
import { WORKER_SETTINGS } from './platform/settings.ts';
import { showError } from './platform/showError.ts';
import { RunsView } from './runs/runsView.ts';
import { createServices, type Services } from './services.ts';
import { ProfileTaskProvider } from './tasks/taskProvider.ts';

type Disposables = { dispose(): unknown }[];

/** What is there before anything of it is used. */
export interface FeatureParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly judged: JudgedFolders;
  readonly gates: vscode.TestController;
}

/** What the places that VS Code knows of lead to. */
export interface Features {
  readonly services: Services;
  readonly library: LibraryView;
  readonly runs: RunsView;
  readonly gates: GateTests;
  readonly tasks: ProfileTaskProvider;
  run(command: CommandId, args: readonly unknown[]): Promise<void>;
}

/** Builds everything that is loaded on first use, and wires it; the worker starts with the first request. */
export function createFeatures({ context, log, judged, gates }: FeatureParts): Features {
  const services = createServices(context, log, judged);
  const { client, runs, library, jobs } = services;
  const { extensionPath } = context;
  const features = {
    services,
    library: new LibraryView(library, jobs),
    runs: new RunsView(runs),
    gates: new GateTests({ controller: gates, client, extensionPath, log }),
    tasks: new ProfileTaskProvider(client, extensionPath),
    run: (command: CommandId, args: readonly unknown[]) => COMMANDS[command](services, ...args),
  };
  context.subscriptions.push(
    services.statusBar,
    services.jobs,
    services.events,
    services.panels,
    services.marks,
    services.runs,
    features.library,
    features.runs,
    features.gates,
    ...transcriptFeatures(services),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (WORKER_SETTINGS.some((key) => change.affectsConfiguration(key))) restart(services);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => restart(services)),
  );
  return features;
}

/** No transcript is open before its document was asked for, and thereby this loaded. */
function transcriptFeatures({ documents }: Services): Disposables {
  const selector = { scheme: SCHEME, language: TRANSCRIPT_LANGUAGE };
  const outline = new TranscriptOutline(documents);
  return [
    vscode.languages.registerDocumentSymbolProvider(selector, outline, { label: 'Transcript' }),
    vscode.languages.registerFoldingRangeProvider(selector, outline),
    vscode.languages.registerDocumentLinkProvider(selector, new TranscriptLinks(documents)),
    vscode.languages.registerHoverProvider(selector, new TranscriptHover(documents)),
    new TranscriptProblems(documents),
    new TranscriptMarkup(),
  ];
}

/** The worker takes its settings at its start; work that goes on is finished first. */
function restart({ jobs, client, log }: Services): void {
  jobs
    .idle()
    .then(() => client.restart())
    .catch((error: unknown) => showError(error, log));
}

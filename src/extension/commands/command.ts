import type * as vscode from 'vscode';
import type { DocumentOpener } from '../documents/openDocuments.ts';
import type { Ingester } from '../jobs/ingester.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Library } from '../library/library.ts';
import type { Marks } from '../marks/marks.ts';
import type { Panels } from '../panels/panels.ts';
import type { RunList } from '../runs/runList.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import type { WorkerEvents } from '../workerClient/workerEvents.ts';

/** What commands may use. */
export interface CommandServices {
  readonly extensionUri: vscode.Uri;
  readonly client: WorkerClient;
  readonly events: WorkerEvents;
  readonly ingester: Ingester;
  readonly jobs: Jobs;
  readonly library: Library;
  readonly marks: Marks;
  readonly open: DocumentOpener;
  readonly panels: Panels;
  readonly runs: RunList;
  readonly log: vscode.LogOutputChannel;
}

/** A command: arguments come from menus, links and other extensions, so they are `unknown` until looked at. */
export type Command = (services: CommandServices, ...args: readonly unknown[]) => Promise<void>;

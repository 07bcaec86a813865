import * as vscode from 'vscode';
import type { ChartSource } from '../../protocol/chart.ts';
import { ListRuns, type RunSummary } from '../../protocol/runMessages.ts';
import type { Worker } from '../panels/relay.ts';
import { runItem } from './runLabels.ts';

/** The newest runs; who looks for an older one finds it by its series in the Runs view. */
const MAX_RUNS = 500;

const CHOOSE_FILE = '$(folder-opened) Choose a file…';

/** Runs of the library, the newest first. */
export async function newestRuns(worker: Worker): Promise<readonly RunSummary[]> {
  return (await worker.request(ListRuns, { series: null, limit: MAX_RUNS })).runs;
}

/** The person chooses a run, among those that suit. Undefined where nothing was chosen. */
export async function chooseRun(
  worker: Worker,
  title: string,
  suits: (run: RunSummary) => boolean = () => true,
): Promise<RunSummary | undefined> {
  const runs = (await newestRuns(worker)).filter(suits);
  if (runs.length === 0) {
    void vscode.window.showInformationMessage(
      'There is no such run in the library yet. “Earshot: Import Profile or Log…” brings one in.',
    );
    return undefined;
  }
  const items = runs.map((run) => ({ ...runItem(run), run }));
  return (await vscode.window.showQuickPick(items, options(title)))?.run;
}

/** The person chooses a run or a file. Undefined where nothing was chosen. */
export async function chooseSource(
  worker: Worker,
  title: string,
  suits: (run: RunSummary) => boolean = () => true,
): Promise<ChartSource | undefined> {
  const runs = (await newestRuns(worker)).filter(suits);
  const items: readonly (vscode.QuickPickItem & { run?: RunSummary })[] = [
    ...runs.map((run) => ({ ...runItem(run), run })),
    { label: CHOOSE_FILE, detail: 'A profile, a trace or a log of any program', alwaysShow: true },
  ];
  const chosen = await vscode.window.showQuickPick(items, options(title));
  if (chosen === undefined) return undefined;
  if (chosen.run !== undefined) return { kind: 'run', id: chosen.run.id };
  const [path] = (await chooseFiles(title, false)) ?? [];
  return path === undefined ? undefined : { kind: 'file', path };
}

/** Paths of files of this machine. */
export async function chooseFiles(
  title: string,
  several: boolean,
): Promise<readonly string[] | undefined> {
  const chosen = await vscode.window.showOpenDialog({ title, canSelectMany: several });
  return chosen?.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}

function options(title: string): vscode.QuickPickOptions {
  return {
    title,
    placeHolder: 'Run',
    matchOnDescription: true,
    matchOnDetail: true,
    // A page that comes up meanwhile takes the focus.
    ignoreFocusOut: true,
  };
}

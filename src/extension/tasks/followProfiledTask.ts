import * as vscode from 'vscode';
import { ListRuns } from '../../protocol/runMessages.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';

/** Runs a profiling task and, when it has ended, offers to look at its run. @param name the series of the run. */
export async function followProfiledTask(
  task: vscode.Task,
  name: string,
  client: WorkerClient,
): Promise<void> {
  const latest = async (): Promise<string | undefined> =>
    (await client.request(ListRuns, { series: name, limit: 1 })).runs[0]?.id;
  const before = await latest();
  const exitCode = await executed(task);
  const id = await latest();
  if (id === undefined || id === before) {
    // The terminal shows what the program or the command line said.
    void vscode.window.showWarningMessage(
      plainMessage(`“${name}” ended with exit code ${exitCode ?? 'unknown'} and left no run.`),
    );
    return;
  }
  const show = 'Show Flame Chart';
  const dashboard = 'Show Dashboard';
  const outcome = exitCode === 0 ? 'was profiled' : `ended with exit code ${exitCode}`;
  const chosen = await vscode.window.showInformationMessage(
    plainMessage(`“${name}” ${outcome}.`),
    show,
    dashboard,
  );
  if (chosen === show) await vscode.commands.executeCommand('earshot.showFlameChart', { id });
  if (chosen === dashboard) {
    await vscode.commands.executeCommand('earshot.showDashboard', { series: name });
  }
}

async function executed(task: vscode.Task): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  // By name: the event does not always bring the object that starting the task gave, and may come before it.
  const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
    if (execution.task.name === task.name && execution.task.source === task.source) {
      resolve(exitCode);
    }
  });
  try {
    await vscode.tasks.executeTask(task);
    return await promise;
  } finally {
    listener.dispose();
  }
}

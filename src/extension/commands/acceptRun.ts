import * as vscode from 'vscode';
import { AcceptRuns, RunSummary } from '../../protocol/runMessages.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import { chooseRun } from '../runs/chooseRun.ts';
import type { Command, CommandServices } from './command.ts';

/** Makes a run the baseline that later runs of its series are held to. */
export const acceptRun: Command = async (services, argument) => {
  const run = await runOf(
    services,
    argument,
    'Accept Run as Baseline',
    ({ status, accepted }) => status === 'done' && !accepted,
  );
  if (run === undefined) return;
  const note = await vscode.window.showInputBox({
    title: 'Accept Run as Baseline',
    prompt: 'Why this run is as it should be (may stay empty)',
  });
  if (note === undefined) return;
  await services.client.request(AcceptRuns, {
    ids: [run.id],
    note: note.trim() || null,
    withdraw: false,
  });
  vscode.window.setStatusBarMessage('$(verified-filled) Earshot: accepted as baseline', 8000);
};

/** Takes the acceptance of a run back. */
export const withdrawRun: Command = async (services, argument) => {
  const run = await runOf(services, argument, 'Withdraw Baseline', ({ accepted }) => accepted);
  if (run === undefined) return;
  await services.client.request(AcceptRuns, { ids: [run.id], note: null, withdraw: true });
  vscode.window.setStatusBarMessage(
    plainMessage(`Earshot: “${run.name}” is no baseline any more`),
    8000,
  );
};

async function runOf(
  { client }: CommandServices,
  argument: unknown,
  title: string,
  suits: (run: RunSummary) => boolean,
): Promise<RunSummary | undefined> {
  const given = RunSummary.safeParse(argument);
  return given.success ? given.data : chooseRun(client, title, suits);
}

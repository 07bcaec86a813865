import * as vscode from 'vscode';
import { RemoveRun, RunSummary } from '../../protocol/runMessages.ts';
import { chooseRun } from '../runs/chooseRun.ts';
import { titleText } from '../platform/titleText.ts';
import { runDate } from '../runs/runLabels.ts';
import type { Command } from './command.ts';

/** Deletes a run of any program; the runs of a video go with the video. */
export const removeRun: Command = async ({ client }, argument) => {
  const given = RunSummary.safeParse(argument);
  const run = given.success
    ? given.data
    : await chooseRun(client, 'Remove Run', ({ videoId }) => videoId === null);
  if (run === undefined) return;
  const remove = 'Remove';
  const baseline = run.accepted ? ' It is an accepted baseline of its series.' : '';
  const answer = await vscode.window.showWarningMessage(
    `Remove the run “${titleText(run.name)}” of ${runDate(run)}?`,
    { modal: true, detail: `The files that it was read from are not touched.${baseline}` },
    remove,
  );
  if (answer === remove) await client.request(RemoveRun, { id: run.id });
};

import * as vscode from 'vscode';
import type { Command } from './command.ts';

export const cancelIngest: Command = async ({ jobs }, argument) => {
  const { active } = jobs;
  const id = (argument as { id?: unknown } | undefined)?.id;
  const given = active.find(({ videoId }) => videoId !== undefined && videoId === id);
  if (active.length === 0) {
    void vscode.window.showInformationMessage('Earshot is not ingesting anything in this window.');
    return;
  }
  if (given ?? active.length === 1) {
    (given ?? active[0])?.cancel();
    return;
  }
  const items = active.map((job) => ({ label: job.title, description: job.text, job }));
  const placeHolder = 'Ingest to cancel';
  (await vscode.window.showQuickPick(items, { placeHolder }))?.job.cancel();
};

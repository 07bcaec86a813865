import * as vscode from 'vscode';
import { VideoSummary } from '../../protocol/library.ts';
import { withoutIcons } from '../platform/withoutIcons.ts';
import type { Command } from './command.ts';

export const cancelIngest: Command = async ({ jobs }, argument) => {
  const { active } = jobs;
  const video = VideoSummary.safeParse(argument);
  if (video.success) {
    const job = active.find(({ videoId }) => videoId === video.data.id);
    if (job) job.cancel();
    else {
      void vscode.window.showInformationMessage(
        'Another window or a terminal ingests this video: cancel it there.',
      );
    }
    return;
  }
  const [first, ...others] = active;
  if (!first) {
    void vscode.window.showInformationMessage('Earshot is not ingesting anything in this window.');
    return;
  }
  if (others.length === 0) {
    first.cancel();
    return;
  }
  const items = active.map((job) => ({
    label: withoutIcons(job.title),
    description: job.text,
    job,
  }));
  const placeHolder = 'Ingest to cancel';
  (await vscode.window.showQuickPick(items, { placeHolder }))?.job.cancel();
};

import * as vscode from 'vscode';
import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const forceReingest: Command = async (services, argument) => {
  const video = await chooseVideo(services, argument, 'Video to ingest again from the start');
  if (!video) return;
  const again = 'Ingest Again';
  const answer = await vscode.window.showWarningMessage(
    `Ingest “${video.title}” again from the start?`,
    { modal: true, detail: 'Everything kept of earlier runs is done again, download included.' },
    again,
  );
  if (answer === again) {
    await services.ingester.ingest({ source: video.source, force: true }, video.title);
  }
};

import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isUrl } from '../documents/timeLinks.ts';
import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const revealSource: Command = async (services, argument) => {
  const video = await chooseVideo(services, argument, 'Video whose source to reveal');
  if (!video) return;
  if (isUrl(video.source)) {
    await vscode.env.openExternal(vscode.Uri.parse(video.source, true));
    return;
  }
  if (!(await stat(video.source).catch(() => undefined))) {
    void vscode.window.showWarningMessage(
      `${video.source} is not there any more. The transcript is kept in the library.`,
    );
    return;
  }
  const uri = vscode.Uri.file(video.source);
  const known = await vscode.commands.getCommands(true);
  const command = known.includes('revealFileInOS') ? 'revealFileInOS' : 'vscode.open';
  await vscode.commands.executeCommand(command, uri);
};

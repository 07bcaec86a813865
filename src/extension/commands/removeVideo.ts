import * as vscode from 'vscode';
import { Remove } from '../../protocol/messages.ts';
import { isUrl } from '../documents/timeLinks.ts';
import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const removeVideo: Command = async (services, argument) => {
  const video = await chooseVideo(services, argument, 'Video to remove from the library');
  if (!video) return;
  const remove = 'Remove';
  const kept = isUrl(video.source) ? '' : ' Your media file is not touched.';
  const answer = await vscode.window.showWarningMessage(
    `Remove “${video.title || video.source}” from the library?`,
    { modal: true, detail: `Its transcript, voices and runs are deleted.${kept}` },
    remove,
  );
  if (answer !== remove) return;
  await services.client.request(Remove, { id: video.id });
  await services.library.refresh();
};

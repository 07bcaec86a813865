import * as vscode from 'vscode';
import { isUrl } from '../documents/timeLinks.ts';
import { mediaIsThere, openMedia, revealMedia } from '../platform/openMedia.ts';
import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const revealSource: Command = async (services, argument) => {
  const video = await chooseVideo(services, argument, 'Video whose source to reveal');
  if (!video) return;
  const { source } = video;
  if (isUrl(source)) await vscode.env.openExternal(vscode.Uri.parse(source, true));
  else if ((await mediaIsThere(source)) && !(await revealMedia(source))) await openMedia(source);
};

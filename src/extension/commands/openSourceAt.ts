import * as vscode from 'vscode';
import { formatTime } from '../platform/formatTime.ts';
import { mediaIsThere, openMedia } from '../platform/openMedia.ts';
import type { Command } from './command.ts';

/** The target of time links into local files: opens the file and says where to listen. */
export const openSourceAt: Command = async (_services, path, seconds) => {
  if (typeof path !== 'string' || typeof seconds !== 'number') return;
  if (!(await mediaIsThere(path))) return;
  await openMedia(path);
  vscode.window.setStatusBarMessage(`$(play) Listen at ${formatTime(seconds)}`, 15_000);
};

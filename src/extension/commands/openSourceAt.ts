import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { formatTime } from '../platform/formatTime.ts';
import type { Command } from './command.ts';

/** The target of time links into local files: opens the file and says where to listen. */
export const openSourceAt: Command = async (_services, path, seconds) => {
  if (typeof path !== 'string' || typeof seconds !== 'number') return;
  if (!(await stat(path).catch(() => undefined))) {
    void vscode.window.showWarningMessage(`${path} is not there any more.`);
    return;
  }
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), {
    viewColumn: vscode.ViewColumn.Beside,
  });
  vscode.window.setStatusBarMessage(`$(play) Listen at ${formatTime(seconds)}`, 15_000);
};

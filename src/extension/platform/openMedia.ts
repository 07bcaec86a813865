import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { plainMessage } from './plainMessage.ts';

/** What VS Code's own preview plays. */
const PLAYABLE = /\.(mp3|wav|ogg|oga|flac|mp4|webm)$/i;

/** Whether a local source is still there; says so where it is not. */
export async function mediaIsThere(path: string): Promise<boolean> {
  if (await stat(path).catch(() => undefined)) return true;
  void vscode.window.showWarningMessage(
    plainMessage(`${path} is not there any more. The transcript is kept in the library.`),
  );
  return false;
}

/** Plays a local file beside the transcript where VS Code can, else shows it in the file manager. */
export async function openMedia(path: string): Promise<void> {
  if (PLAYABLE.test(path) || !(await revealMedia(path))) {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(path), {
      viewColumn: vscode.ViewColumn.Beside,
    });
  }
}

/** Shows a file in the file manager; false where there is none, as in a browser. */
export async function revealMedia(path: string): Promise<boolean> {
  const known = await vscode.commands.getCommands(true);
  if (!known.includes('revealFileInOS')) return false;
  await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
  return true;
}

import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import * as vscode from 'vscode';

/** A file that something from outside names, where it is there and in the folder of the workspace; links count as what they lead to. */
export function workspaceFile(
  folder: vscode.WorkspaceFolder,
  path: string,
): vscode.Uri | undefined {
  if (path === '' || path.includes('\0')) return undefined;
  const root = folder.uri.fsPath;
  const file = resolve(root, path);
  if (!isWithin(root, file)) return undefined;
  try {
    return isWithin(realpathSync(root), realpathSync(file)) ? vscode.Uri.file(file) : undefined;
  } catch {
    return undefined;
  }
}

function isWithin(folder: string, file: string): boolean {
  const within = relative(folder, file);
  return within !== '' && within !== '..' && !within.startsWith(`..${sep}`) && !isAbsolute(within);
}

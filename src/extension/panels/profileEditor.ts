import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { plainMessage } from '../platform/plainMessage.ts';
import type { PanelFrame } from './panelFrame.ts';
import type { PanelHost } from './panelHost.ts';

/** How long a file must be left alone before it counts as written. */
const SETTLED_MS = 500;

/**
 * Shows a profile, trace or log file in the flame chart's page, read-only.
 *
 * @throws Error for a file that is not on this machine.
 */
export function openProfileEditor(
  host: PanelHost,
  uri: vscode.Uri,
  panel: vscode.WebviewPanel,
): void {
  if (uri.scheme !== 'file') {
    throw new Error(
      'Earshot shows files of this machine only. Save the file to a local folder first.',
    );
  }
  offerReload(host.edit(panel, uri.fsPath), uri.fsPath);
}

/** Offers to read the file again when it has changed on disk: reading it may take long, so it is not done unasked. */
function offerReload(frame: PanelFrame, path: string): void {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(dirname(path)), globOf(basename(path))),
  );
  let timer: NodeJS.Timeout | undefined;
  let known = stampOf(path);
  let isAsking = false;
  let isClosed = false;
  const ask = async (): Promise<void> => {
    const stamp = stampOf(path);
    // Word of the last write before the file was opened may come after it.
    if (isAsking || stamp === known) return;
    known = stamp;
    isAsking = true;
    const reload = 'Reload';
    const text = plainMessage(`${basename(path)} has changed on disk.`);
    const answer = await vscode.window.showInformationMessage(text, reload);
    isAsking = false;
    if (answer === reload && !isClosed) frame.reload();
  };
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), SETTLED_MS);
  };
  const subscriptions = [
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    frame.panel.onDidDispose(() => {
      isClosed = true;
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    }),
  ];
}

/** Tells one state of a file from another; the same for all the time that it is not there. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.mtimeMs} ${found.size}`;
}

/** A pattern that fits this name alone, whatever characters it has. */
function globOf(name: string): string {
  return name.replace(/[*?[\]{}!]/g, '[$&]');
}

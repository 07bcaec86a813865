import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from './command.ts';

const MEDIA = [
  ...['mp3', 'm4a', 'aac', 'wav', 'flac', 'ogg', 'oga', 'opus', 'wma', 'aiff'],
  ...['mp4', 'm4v', 'mkv', 'webm', 'mov', 'avi', 'mpg', 'mpeg', 'ts', '3gp'],
];

export const ingestFile: Command = async ({ ingester }, argument) => {
  const uris = argument instanceof vscode.Uri ? [argument] : await askFiles();
  await Promise.all(
    (uris ?? []).map(({ fsPath }) => ingester.ingest({ source: fsPath }, basename(fsPath))),
  );
};

function askFiles(): Thenable<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: 'Ingest Media File',
    openLabel: 'Ingest',
    canSelectMany: true,
    filters: { 'Audio and video': MEDIA, 'All files': ['*'] },
  });
}

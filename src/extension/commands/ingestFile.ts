import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from './command.ts';

const MEDIA = [
  ...['mp3', 'm4a', 'aac', 'wav', 'flac', 'ogg', 'oga', 'opus', 'wma', 'aiff'],
  ...['mp4', 'm4v', 'mkv', 'webm', 'mov', 'avi', 'mpg', 'mpeg', 'ts', '3gp'],
];

/** From the explorer come the file that was clicked and all that are selected. */
export const ingestFile: Command = async ({ ingester }, clicked, selected) => {
  const given = [clicked, ...(Array.isArray(selected) ? (selected as unknown[]) : [])];
  const uris = given.filter((uri) => uri instanceof vscode.Uri);
  const chosen = uris.length > 0 ? uris : ((await askFiles()) ?? []);
  if (chosen.some(({ scheme }) => scheme !== 'file')) {
    void vscode.window.showWarningMessage('Only files on this machine can be ingested.');
    return;
  }
  const paths = new Set(chosen.map(({ fsPath }) => fsPath));
  await Promise.all([...paths].map((path) => ingester.ingest({ source: path }, basename(path))));
};

function askFiles(): Thenable<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: 'Ingest Media File',
    openLabel: 'Ingest',
    canSelectMany: true,
    filters: { 'Audio and video': MEDIA, 'All files': ['*'] },
  });
}

import * as vscode from 'vscode';
import { isMediaName } from './sampleName.ts';
import type { Command } from './command.ts';

export const ingestSample: Command = async ({ ingester, extensionUri }) => {
  const folder = vscode.Uri.joinPath(extensionUri, 'media', 'sample');
  const files = await vscode.workspace.fs.readDirectory(folder);
  const sample = files.find(([name]) => isMediaName(name));
  if (!sample) throw new Error('The sample is missing from this installation.');
  await ingester.ingest({ source: vscode.Uri.joinPath(folder, sample[0]).fsPath }, 'the sample');
};

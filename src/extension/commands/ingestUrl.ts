import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { suggestedUrl, urlProblem } from './sourceUrl.ts';

export const ingestUrl: Command = async ({ ingester }, argument) => {
  const url = typeof argument === 'string' ? argument : await askUrl();
  if (url === undefined || urlProblem(url) !== undefined) return;
  await ingester.ingest({ source: url.trim() });
};

async function askUrl(): Promise<string | undefined> {
  const suggestion = suggestedUrl(await vscode.env.clipboard.readText().then(undefined, () => ''));
  return vscode.window.showInputBox({
    title: 'Ingest YouTube URL',
    prompt: 'A YouTube URL, or the URL of any page or file with audio',
    placeHolder: 'https://www.youtube.com/watch?v=…',
    ignoreFocusOut: true,
    ...(suggestion !== undefined && { value: suggestion }),
    validateInput: urlProblem,
  });
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WorkerOptions } from '../../protocol/messages.ts';

/** Settings that the worker is started with: a change of one starts it again. */
export const WORKER_SETTINGS = [
  'earshot.home',
  'earshot.ffmpegPath',
  'earshot.ytDlpPath',
  'earshot.allowManagedYtDlp',
  'earshot.keepPcm',
  'earshot.inferenceProcesses',
  'earshot.recognitionModel',
  'earshot.targets',
] as const;

/** The settings of the worker; empty ones are left to their defaults in the pipeline. */
export function workerOptions(): WorkerOptions {
  const settings = vscode.workspace.getConfiguration('earshot');
  const path = (key: string): string | undefined => expandHome(settings.get<string>(key, ''));
  const processes = settings.get<number>('inferenceProcesses', 0);
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return {
    home: path('home'),
    ffmpegPath: path('ffmpegPath'),
    ytDlpPath: path('ytDlpPath'),
    allowManagedYtDlp: settings.get<boolean>('allowManagedYtDlp', false),
    keepPcm: settings.get<boolean>('keepPcm', false),
    inferenceProcesses: processes > 0 ? processes : undefined,
    recognitionModel: settings.get<string>('recognitionModel', '') || undefined,
    targets: settings.get<Record<string, number>>('targets', {}),
    workspace: vscode.workspace.isTrusted ? folder?.uri.fsPath : undefined,
  };
}

/** How stretches of uncertain text are shown. */
export function lowConfidence(): { readonly problems: boolean; readonly threshold: number } {
  const settings = vscode.workspace.getConfiguration('earshot');
  return {
    problems: settings.get<boolean>('lowConfidenceProblems', true),
    threshold: settings.get<number>('lowConfidenceThreshold', 0.6),
  };
}

/** Whether a transcript opens by itself when its ingest has finished. */
export function opensWhenReady(): boolean {
  return vscode.workspace.getConfiguration('earshot').get<boolean>('openWhenReady', true);
}

function expandHome(path: string): string | undefined {
  const trimmed = path.trim();
  if (trimmed === '') return undefined;
  return /^~(?=$|[\\/])/.test(trimmed) ? join(homedir(), trimmed.slice(1)) : trimmed;
}

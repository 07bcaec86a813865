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
  // VS Code only underlines a value of the wrong type, and gives it all the same: it counts as not set.
  const text = (key: string): string => {
    const value = settings.get<unknown>(key);
    return typeof value === 'string' ? value.trim() : '';
  };
  const isOn = (key: string): boolean => settings.get<unknown>(key) === true;
  const processes = settings.get<unknown>('inferenceProcesses');
  const targets = Object.entries(settings.get<object | null>('targets') ?? {});
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  return {
    home: expandHome(text('home')),
    ffmpegPath: expandHome(text('ffmpegPath')),
    ytDlpPath: expandHome(text('ytDlpPath')),
    allowManagedYtDlp: isOn('allowManagedYtDlp'),
    keepPcm: isOn('keepPcm'),
    inferenceProcesses:
      Number.isInteger(processes) && Number(processes) > 0 ? Number(processes) : undefined,
    recognitionModel: text('recognitionModel') || undefined,
    targets: Object.fromEntries(targets.filter(([, limit]) => typeof limit === 'number')),
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
  if (path === '') return undefined;
  return /^~(?=$|[\\/])/.test(path) ? join(homedir(), path.slice(1)) : path;
}

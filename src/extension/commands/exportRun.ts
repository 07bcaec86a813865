import * as vscode from 'vscode';
import type { RunFormat } from '../../protocol/library.ts';
import { ExportRun } from '../../protocol/messages.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

const FORMATS: readonly { label: string; detail: string; format: RunFormat; end: string }[] = [
  {
    label: 'OpenTelemetry',
    detail: 'OTLP/JSON, for any collector',
    format: 'otlp',
    end: 'otlp.json',
  },
  {
    label: 'Chrome trace',
    detail: 'For Perfetto and chrome://tracing',
    format: 'chrome',
    end: 'trace.json',
  },
  { label: 'Report', detail: 'Markdown', format: 'md', end: 'md' },
];

export const exportRun: Command = async (services, argument) => {
  const video = await chooseVideo(
    services,
    argument,
    'Video whose last run to export',
    ({ lastRunId }) => lastRunId !== null,
  );
  if (!video) return;
  const chosen = await vscode.window.showQuickPick(FORMATS, { placeHolder: 'Format' });
  if (!chosen) return;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const name = `earshot-${video.lastRunId ?? video.id}.${chosen.end}`;
  const target = await vscode.window.showSaveDialog({
    title: 'Export Run',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return;
  if (target.scheme !== 'file') {
    void vscode.window.showWarningMessage('A run can only be exported to a file of this machine.');
    return;
  }
  const id = video.lastRunId ?? video.id;
  const { client } = services;
  const { bytes } = await client.request(ExportRun, {
    id,
    format: chosen.format,
    path: target.fsPath,
  });
  void vscode.window.showInformationMessage(
    plainMessage(`Exported the run to ${target.fsPath} (${Math.ceil(bytes / 1024)} kB).`),
  );
};

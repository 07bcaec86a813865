import * as vscode from 'vscode';
import type { z } from 'zod';
import { ExportChart } from '../../../protocol/chartMessages.ts';
import type { SaveExport } from '../../../protocol/panelMessages.ts';
import type { CancelSignal } from '../../../protocol/rpcCancellation.ts';
import { RpcError } from '../../../protocol/rpcError.ts';
import { plainMessage } from '../../platform/plainMessage.ts';
import { safeFileName } from '../../platform/safeFileName.ts';
import type { Worker } from '../relay.ts';

type Request = z.output<typeof SaveExport.params>;

const MAX_PICTURE_BYTES = 200 * 2 ** 20;

const FORMATS: Readonly<Record<Request['format'], { title: string; extension: string }>> = {
  speedscope: { title: 'speedscope', extension: 'speedscope.json' },
  chrome: { title: 'Chrome trace', extension: 'trace.json' },
  otlp: { title: 'OTLP JSON', extension: 'otlp.json' },
  md: { title: 'Markdown', extension: 'md' },
  png: { title: 'PNG picture', extension: 'png' },
  svg: { title: 'SVG picture', extension: 'svg' },
};

/** Asks where to, and writes a run or the page's picture there. Gives the path, or null where the person thinks better of it. */
export async function saveExport(
  worker: Worker,
  request: Request,
  signal?: CancelSignal,
): Promise<string | null> {
  if (request.what === 'picture' && request.bytes.byteLength > MAX_PICTURE_BYTES) {
    throw new RpcError({
      code: 'export.too-large',
      message: `The picture is larger than ${MAX_PICTURE_BYTES / 2 ** 20} MB.`,
      action: 'Zoom in or collapse tracks, then export again.',
    });
  }
  const target = await askTarget(request);
  if (target === undefined) return null;
  if (request.what === 'picture') await vscode.workspace.fs.writeFile(target, request.bytes);
  else {
    const { chart, format } = request;
    await worker.request(ExportChart, { chart, format, path: target.fsPath }, signal);
  }
  void vscode.window.showInformationMessage(plainMessage(`Exported to ${target.fsPath}.`));
  return target.fsPath;
}

async function askTarget({ name, format }: Request): Promise<vscode.Uri | undefined> {
  const { title, extension } = FORMATS[format];
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const file = `${safeFileName(name)}.${extension}`;
  const target = await vscode.window.showSaveDialog({
    title: `Export as ${title}`,
    filters: { [title]: [extension], 'All files': ['*'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, file) }),
  });
  if (target === undefined || target.scheme === 'file') return target;
  throw new RpcError({
    code: 'export.not-a-file',
    message: 'This place is not on this machine.',
    action: 'Choose a folder of this machine.',
  });
}

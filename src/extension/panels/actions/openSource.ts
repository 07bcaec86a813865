import { realpath } from 'node:fs/promises';
import { relative, isAbsolute, sep } from 'node:path';
import * as vscode from 'vscode';
import { CloseChart, LocateInChart, OpenChart } from '../../../protocol/chartMessages.ts';
import type { CancelSignal } from '../../../protocol/rpcCancellation.ts';
import type { Worker } from '../relay.ts';

/** Whether the line is open now, and if not, why not. */
export interface Opened {
  readonly opened: boolean;
  readonly reason: string;
}

/** Whose line: a span's, or a finding's of the header. */
interface Place {
  readonly chart: string;
  readonly span: number | null;
  readonly finding: number | null;
}

/** Opens the line of a span or a finding of an open chart beside the panel. */
export async function openSource(
  worker: Worker,
  place: Place,
  signal?: CancelSignal,
): Promise<Opened> {
  if (!vscode.workspace.isTrusted) {
    return refusal('Files that a run names are opened in trusted workspaces only.');
  }
  const found = await worker.request(LocateInChart, place, signal);
  if (!found.found) return refusal(found.reason);
  const uri = await inWorkspace(found.path);
  if (uri === undefined) return refusal(`${found.path} is not in a folder of this workspace.`);
  const document = await vscode.workspace.openTextDocument(uri);
  // The file may be another version than the one that ran.
  const line = Math.min(found.line, document.lineCount) - 1;
  const column = found.column === null ? 0 : found.column - 1;
  const at = document.validatePosition(new vscode.Position(line, column));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    selection: new vscode.Range(at, at),
  });
  return { opened: true, reason: '' };
}

/** Opens the line of a finding of a stored run that no panel draws. */
export async function openFinding(
  worker: Worker,
  runId: string,
  finding: number,
  operation: string,
  signal?: CancelSignal,
): Promise<Opened> {
  const source = { kind: 'run' as const, id: runId };
  const { chart } = await worker.request(OpenChart, { operation, source }, signal);
  try {
    return await openSource(worker, { chart, span: null, finding }, signal);
  } finally {
    worker.request(CloseChart, { chart }).catch(() => undefined);
  }
}

/** The file, where it really lies in a folder of the workspace: a link that leads out of it does not count. */
async function inWorkspace(path: string): Promise<vscode.Uri | undefined> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return undefined;
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme !== 'file') continue;
    const root = await realpath(uri.fsPath).catch(() => undefined);
    if (root !== undefined && liesIn(root, real)) return vscode.Uri.file(real);
  }
  return undefined;
}

/** Whether a path is below a folder; both are real and absolute. */
function liesIn(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function refusal(reason: string): Opened {
  return { opened: false, reason };
}

import * as vscode from 'vscode';
import { RPC_CODES, reportOf } from '../../protocol/rpcError.ts';
import { plainMessage } from './plainMessage.ts';

/** Tells what failed and what to do next; a cancellation is not a failure. */
export async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const { code, message, action } = reportOf(error);
  if (code === RPC_CODES.cancelled) return;
  // Only of what nobody foresaw is the place of interest.
  const stack = code === RPC_CODES.internal && error instanceof Error ? error.stack : undefined;
  log.error(`${code}: ${stack ?? message}`);
  const showLog = 'Show Log';
  const text = plainMessage(`${message} ${action}`.trim());
  if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) log.show();
}

import * as vscode from 'vscode';
import { Consent } from '../../protocol/messages.ts';
import type { RpcConnection } from '../../protocol/rpc.ts';

/** Asks the person what the worker wants to know before it installs something. */
export function serveConsent(connection: RpcConnection): void {
  connection.handle(Consent, async ({ question }) => {
    const allow = 'Allow';
    const answer = await vscode.window.showWarningMessage(question, { modal: true }, allow);
    return { consented: answer === allow };
  });
}

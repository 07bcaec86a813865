import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  ChooseSource,
  CopyText,
  OpenFinding,
  OpenPanel,
  OpenSegment,
  OpenSource,
  PageProblem,
  type PanelContent,
  SaveExport,
  TellPerson,
} from '../../../protocol/panelMessages.ts';
import type { RpcConnection } from '../../../protocol/rpc.ts';
import { RpcError } from '../../../protocol/rpcError.ts';
import { plainMessage } from '../../platform/plainMessage.ts';
import { chooseSource } from '../../runs/chooseRun.ts';
import type { Worker } from '../relay.ts';
import { type ChosenFiles, sourcesOf } from '../sourceFiles.ts';
import { openFinding, openSource } from './openSource.ts';
import { saveExport } from './saveExport.ts';

/** What the actions work with. */
export interface ActionParts {
  readonly worker: Worker;
  readonly files: ChosenFiles;
  readonly showPanel: (content: PanelContent) => void;
  readonly openTranscript: (videoId: string, segment: number) => Promise<void>;
  readonly log: (line: string) => void;
}

const MAX_MESSAGE_CHARACTERS = 1000;

/** Registers everything that a page may ask of VS Code: a closed list, and each with what it may name. */
export function serveActions(connection: RpcConnection, parts: ActionParts): void {
  const { worker, files, showPanel, openTranscript, log } = parts;
  connection.handle(OpenSource, (place, signal) => openSource(worker, place, signal));
  connection.handle(OpenFinding, ({ runId, finding }, signal) =>
    openFinding(worker, runId, finding, randomUUID(), signal),
  );
  connection.handle(OpenPanel, ({ content }) => {
    if (!sourcesOf(content).every((source) => files.mayRead(source))) throw notChosen();
    showPanel(content);
    return {};
  });
  connection.handle(OpenSegment, async ({ videoId, segment }) => {
    await openTranscript(videoId, segment);
    return {};
  });
  connection.handle(ChooseSource, async ({ title }) => {
    const source = (await chooseSource(worker, title)) ?? null;
    if (source !== null) files.choose([source]);
    return { source };
  });
  connection.handle(SaveExport, async (request, signal) => ({
    path: await saveExport(worker, request, signal),
  }));
  connection.handle(CopyText, async ({ text }) => {
    await vscode.env.clipboard.writeText(text);
    return {};
  });
  connection.listen(TellPerson, ({ level, message }) => tell(level, message));
  connection.listen(PageProblem, ({ text }) => log(`page: ${text}`));
}

function tell(level: 'info' | 'warning' | 'error', message: string): void {
  const text = plainMessage(message.slice(0, MAX_MESSAGE_CHARACTERS));
  if (level === 'error') void vscode.window.showErrorMessage(text);
  else if (level === 'warning') void vscode.window.showWarningMessage(text);
  else void vscode.window.showInformationMessage(text);
}

function notChosen(): RpcError {
  return new RpcError({
    code: 'panel.not-chosen',
    message: 'This file was not chosen to be shown in Earshot.',
    action: 'Open it with “Earshot: Open Profile or Log File…”.',
  });
}

import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { z } from 'zod';
import { RPC_CODES, reportOf } from '../../protocol/rpcError.ts';
import { ImportRun } from '../../protocol/runMessages.ts';
import { plural } from '../platform/formatTime.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import { showError } from '../platform/showError.ts';
import { chooseFiles } from '../runs/chooseRun.ts';
import { withChartProgress } from '../runs/withChartProgress.ts';
import type { Command, CommandServices } from './command.ts';

type Imported = z.output<typeof ImportRun.result>;

/** Keeps files of any program in the library: each as a run of its own. */
export const importProfile: Command = async (services, clicked, selected) => {
  const { client, events } = services;
  const given =
    Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [clicked];
  const uris = given.filter((uri) => uri instanceof vscode.Uri);
  const paths =
    uris.length > 0
      ? uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath)
      : ((await chooseFiles('Import Profile or Log', true)) ?? []);
  if (uris.length > 0 && paths.length < uris.length) {
    void vscode.window.showWarningMessage('Only files on this machine can be imported.');
  }
  for (const path of paths) {
    try {
      const imported = await withChartProgress(
        events,
        `Importing ${basename(path)}`,
        (operation, signal) => client.request(ImportRun, { operation, paths: [path] }, signal),
      );
      void offer(services, path, imported);
    } catch (error) {
      if (reportOf(error).code === RPC_CODES.cancelled) return;
      throw error;
    }
  }
};

async function offer({ panels, log }: CommandServices, path: string, run: Imported): Promise<void> {
  const show = 'Show Flame Chart';
  const left = run.rejected === 0 ? '' : ` ${plural(run.rejected, 'row')} could not be read.`;
  const text = plainMessage(`Imported ${basename(path)}.${left}`);
  if ((await vscode.window.showInformationMessage(text, show)) !== show) return;
  const source = { kind: 'run' as const, id: run.runId };
  try {
    await panels.show({ panel: 'flame', source, span: null, view: null });
  } catch (error) {
    await showError(error, log);
  }
}

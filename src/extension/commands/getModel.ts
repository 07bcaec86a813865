import * as vscode from 'vscode';
import { GetModel, Models } from '../../protocol/messages.ts';
import { RPC_CODES, reportOf } from '../../protocol/rpcError.ts';
import type { Command } from './command.ts';

/** Downloads an optional model, which the setting `earshot.recognitionModel` can then name. */
export const getModel: Command = async ({ client, jobs }) => {
  const { models } = await client.request(Models, {});
  const absent = models.filter(({ kind, present }) => kind === 'optional' && !present);
  if (absent.length === 0) {
    void vscode.window.showInformationMessage('Earshot: all models are here already.');
    return;
  }
  const picked = await vscode.window.showQuickPick(
    absent.map(({ name, title, bytes, licence }) => ({
      label: name,
      description: `${(bytes / 1e6).toFixed(0)} MB · ${licence}`,
      detail: title,
    })),
    { title: 'Get Model', placeHolder: 'Model to download' },
  );
  if (!picked) return;
  try {
    await jobs.run(picked.label, ({ operation, signal }) =>
      client.request(GetModel, { operation, name: picked.label }, signal),
    );
  } catch (error) {
    if (reportOf(error).code === RPC_CODES.cancelled) return;
    throw error;
  }
  const use = 'Use It from Now On';
  const chosen = await vscode.window.showInformationMessage(
    `Earshot: ${picked.label} is ready.`,
    use,
  );
  if (chosen !== use) return;
  await vscode.workspace
    .getConfiguration('earshot')
    .update('recognitionModel', picked.label, vscode.ConfigurationTarget.Global);
};

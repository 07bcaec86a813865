import * as vscode from 'vscode';
import { PROFILE_EDITOR } from '../panels/panelKinds.ts';
import { chooseFiles } from '../runs/chooseRun.ts';
import type { Command } from './command.ts';

/** Opens files in Earshot's editor: those of the explorer, or of the person's choice. Nothing is kept of them. */
export const openProfile: Command = async (_services, clicked, selected) => {
  const given =
    Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [clicked];
  const uris = given.filter((uri) => uri instanceof vscode.Uri);
  const files =
    uris.length > 0
      ? uris
      : ((await chooseFiles('Open Profile or Log File', true)) ?? []).map((path) =>
          vscode.Uri.file(path),
        );
  for (const uri of files) {
    await vscode.commands.executeCommand('vscode.openWith', uri, PROFILE_EDITOR, {
      preview: false,
    });
  }
};

import * as vscode from 'vscode';
import { showError } from '../platform/showError.ts';
import { COMMAND_IDS, type CommandId } from './commandIds.ts';

/** Registers every command; one that fails tells the person instead of throwing at VS Code. */
export function registerCommands(
  run: (id: CommandId, args: readonly unknown[]) => Promise<void>,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  return COMMAND_IDS.map((id) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await run(id, args);
      } catch (error) {
        void showError(error, log);
      }
    }),
  );
}

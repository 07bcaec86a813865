import * as vscode from 'vscode';
import { cliProgram } from '../platform/cliProgram.ts';
import { workerOptions } from '../platform/settings.ts';
import type { ProfiledCommand } from './profiledCommand.ts';

export const TASK_TYPE = 'earshot';

/** A task that runs a command under `earshot profile run` in VS Code's own terminal. */
export function profileTask(
  definition: vscode.TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
  { name, command, cwd, env }: ProfiledCommand,
  extensionPath: string,
): vscode.Task {
  const cli = cliProgram(extensionPath, workerOptions().home);
  const execution = new vscode.ProcessExecution(
    cli.program,
    [...cli.before, 'profile', 'run', '--name', name, '--', ...command],
    { ...(cwd === undefined ? {} : { cwd }), env: { ...env, ...cli.env } },
  );
  const task = new vscode.Task(definition, scope, `Profile ${name}`, 'Earshot', execution);
  task.detail = command.join(' ');
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: false };
  return task;
}

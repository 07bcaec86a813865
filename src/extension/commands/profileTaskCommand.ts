import * as vscode from 'vscode';
import { withoutIcons } from '../platform/withoutIcons.ts';
import { followProfiledTask } from '../tasks/followProfiledTask.ts';
import { TASK_TYPE, profileTask } from '../tasks/profileTask.ts';
import { commandOfTask, type TaskExecutionParts } from '../tasks/profiledCommand.ts';
import type { Command } from './command.ts';

/** Runs any task of the workspace under `earshot profile run`. */
export const profileTaskCommand: Command = async ({ client, extensionUri }) => {
  const tasks = (await vscode.tasks.fetchTasks()).filter(
    ({ definition }) => definition.type !== TASK_TYPE,
  );
  if (tasks.length === 0) {
    void vscode.window.showInformationMessage(
      'There are no tasks to profile. Define some in tasks.json, or profile a program on a terminal: earshot profile run -- COMMAND.',
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(
    tasks.map((task) => ({ label: withoutIcons(task.name), description: task.source, task })),
    { placeHolder: 'Task to profile', matchOnDescription: true },
  );
  if (!picked) return;
  const { task } = picked;
  const execution = task.execution as TaskExecutionParts | undefined;
  const profiled = commandOfTask(task.name, execution, process.platform);
  if (profiled === null) {
    void vscode.window.showWarningMessage(
      `Only its own extension knows what “${task.name}” runs. Profile its program on a terminal: earshot profile run -- COMMAND.`,
    );
    return;
  }
  const scope = task.scope ?? vscode.TaskScope.Workspace;
  const definition = { type: TASK_TYPE, name: profiled.name, command: profiled.command };
  const wrapped = profileTask(definition, scope, profiled, extensionUri.fsPath);
  await followProfiledTask(wrapped, profiled.name, client);
};

import * as vscode from 'vscode';
import { z } from 'zod';
import { GetProject } from '../../protocol/markMessages.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import { TASK_TYPE, profileTask } from './profileTask.ts';

/** An `earshot` task of tasks.json: a command of its own, or one of `earshot.config.json` by its name. */
const Definition = z.looseObject({
  type: z.literal(TASK_TYPE),
  name: z.string().optional(),
  command: z.array(z.string()).min(1).optional(),
  cwd: z.string().optional(),
});

/** Offers to profile each command of the workspace's `earshot.config.json`, and resolves `earshot` tasks of tasks.json. */
export class ProfileTaskProvider implements vscode.TaskProvider {
  readonly #client: WorkerClient;
  readonly #extensionPath: string;

  constructor(client: WorkerClient, extensionPath: string) {
    this.#client = client;
    this.#extensionPath = extensionPath;
  }

  async provideTasks(): Promise<vscode.Task[]> {
    const tasks: vscode.Task[] = [];
    if (!vscode.workspace.isTrusted) return tasks;
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (folder.uri.scheme !== 'file') continue;
      const { commands } = await this.#client.request(GetProject, {
        workspace: folder.uri.fsPath,
      });
      for (const { name, words, cwd, env } of commands) {
        const [program, ...args] = words;
        if (program === undefined) continue;
        tasks.push(
          profileTask(
            { type: TASK_TYPE, name },
            folder,
            { name, command: [program, ...args], cwd: cwd ?? folder.uri.fsPath, env },
            this.#extensionPath,
          ),
        );
      }
    }
    return tasks;
  }

  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    const parsed = Definition.safeParse(task.definition);
    if (!parsed.success || task.scope === undefined) return undefined;
    const { name, command, cwd } = parsed.data;
    if (command === undefined) {
      const offered = await this.provideTasks();
      const same = offered.find(({ definition }) => definition['name'] === name);
      return same && profiledAs(task, same);
    }
    const [program = '', ...args] = command;
    const profiled = profileTask(
      task.definition,
      task.scope,
      { name: name ?? task.name, command: [program, ...args], cwd, env: {} },
      this.#extensionPath,
    );
    return profiledAs(task, profiled);
  }
}

/** VS Code wants the definition of the task that it asked for back. */
function profiledAs(asked: vscode.Task, profiled: vscode.Task): vscode.Task {
  const { definition, scope = vscode.TaskScope.Workspace, name, source } = asked;
  const task = new vscode.Task(definition, scope, name, source, profiled.execution);
  task.presentationOptions = profiled.presentationOptions;
  return task;
}

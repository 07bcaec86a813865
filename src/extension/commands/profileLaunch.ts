import * as vscode from 'vscode';
import { z } from 'zod';
import { withoutIcons } from '../platform/withoutIcons.ts';
import { commandOfLaunch } from '../tasks/commandOfLaunch.ts';
import { followProfiledTask } from '../tasks/followProfiledTask.ts';
import { TASK_TYPE, profileTask } from '../tasks/profileTask.ts';
import type { Command } from './command.ts';

const Configurations = z.array(z.looseObject({ name: z.string() }));

/** Runs the program of a launch configuration under `earshot profile run`, without its debugger. */
export const profileLaunch: Command = async ({ client, extensionUri }) => {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const entries = folders.flatMap((folder) => {
    const launch = vscode.workspace.getConfiguration('launch', folder);
    const parsed = Configurations.safeParse(launch.get<unknown>('configurations', []));
    return (parsed.data ?? []).map((configuration) => ({
      label: withoutIcons(configuration.name),
      description: folder.name,
      folder,
      profiled: commandOfLaunch(configuration),
    }));
  });
  const offered = entries.filter(({ profiled }) => profiled !== null);
  if (offered.length === 0) {
    void vscode.window.showInformationMessage(
      entries.length === 0
        ? 'There are no launch configurations. Add one to launch.json, or use Earshot: Profile Task….'
        : 'None of the launch configurations names a program that can be started without its debugger.',
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(offered, {
    placeHolder: 'Launch configuration whose program to profile',
  });
  if (!picked?.profiled) return;
  const { profiled, folder } = picked;
  const definition = { type: TASK_TYPE, name: profiled.name, command: profiled.command };
  const task = profileTask(
    definition,
    folder,
    { ...profiled, cwd: profiled.cwd ?? folder.uri.fsPath },
    extensionUri.fsPath,
  );
  await followProfiledTask(task, profiled.name, client);
};

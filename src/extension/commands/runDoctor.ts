import * as vscode from 'vscode';
import { Doctor } from '../../protocol/messages.ts';
import { plural } from '../platform/formatTime.ts';
import type { Command } from './command.ts';
import { doctorPage } from './doctorPage.ts';

export const runDoctor: Command = async ({ client, open }) => {
  const { checks } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Earshot: checking this machine' },
    () => client.request(Doctor, {}),
  );
  await open.page('Doctor', doctorPage(checks));
  const bad = checks.filter(({ status }) => status === 'error').length;
  if (bad > 0) void vscode.window.showWarningMessage(`Earshot: ${plural(bad, 'check')} failed.`);
};

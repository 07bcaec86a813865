// Commands of a project: gates in the Test Explorer, tasks and launch configurations that are profiled.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { startServer } from './harness/server.mjs';
import { until } from './harness/until.mjs';
import { ensureBuilt } from './support/built.mjs';
import { EarshotWindow } from './support/earshot.mjs';
import { tellFailure } from './support/failure.mjs';
import { Panel } from './support/panel.mjs';
import { ROOT, SCREENSHOTS } from './support/paths.mjs';

const job = (milliseconds) => `setTimeout(() => console.log('done'), ${milliseconds});\n`;
const FILES = {
  'job.mjs': job(300),
  'earshot.config.json': JSON.stringify(
    { commands: { job: [process.execPath, 'job.mjs'] }, gate: { baseline: 'HEAD', runs: 5 } },
    null,
    2,
  ),
  '.vscode/tasks.json': JSON.stringify({
    version: '2.0.0',
    tasks: [
      { label: 'count', type: 'shell', command: `"${process.execPath}" job.mjs && echo counted` },
    ],
  }),
  '.vscode/launch.json': JSON.stringify({
    version: '0.2.0',
    configurations: [
      {
        type: 'node',
        request: 'launch',
        name: 'Start the job',
        runtimeExecutable: process.execPath,
        program: '${workspaceFolder}/job.mjs',
      },
    ],
  }),
};
let home, server, win, earshot;

before(async () => {
  ensureBuilt();
  home = mkdtempSync(path.join(os.tmpdir(), 'earshot-home-'));
  server = await startServer({ folders: [ROOT], settings: { 'earshot.home': home } });
  win = await server.window({ files: FILES });
  const git = (...args) => execFileSync('git', ['-C', win.folder, ...args], { stdio: 'ignore' });
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-qm', 'Begin');
  earshot = new EarshotWindow(win);
});
afterEach(async (context) => {
  await tellFailure(context, server, win);
  await win?.clearToasts().catch(() => {});
});
after(async () => {
  await server?.stop();
  if (home) rmSync(home, { recursive: true, force: true });
});

const command = (id) => win.api((vscode, name) => vscode.commands.executeCommand(name), id);
const gate = () => win.page.locator('.test-explorer .monaco-list-row', { hasText: 'job' }).first();
const gateIs = (state) =>
  until(
    async () => {
      const said = await gate().getAttribute('aria-label');
      if (!state.test(said ?? '')) throw new Error(`the gate is “${said}”`);
      return true;
    },
    `the gate is ${state}`,
    90_000,
  );

test('a gate is a test: passed where nothing got slower, failed by a regression', async () => {
  await command('workbench.view.testing.focus');
  await gate().waitFor();
  await command('testing.runAll');
  await gateIs(/Passed/);
  writeFileSync(path.join(win.folder, 'job.mjs'), job(900));
  await command('testing.runAll');
  await gateIs(/Failed/);
  await win.screenshot(path.join(SCREENSHOTS, 'gate-failed.png'));
});

test('a task is profiled as it is, in the terminal', async () => {
  await earshot.run('Profile Task…');
  await win.pick('count');
  await win.toast(/“count” was profiled/);
});

test('a launch configuration is profiled without its debugger, and its chart is a click away', async () => {
  await earshot.run('Profile Launch Configuration…');
  await win.pick('Start the job');
  const toast = await win.toast(/“Start the job” was profiled/);
  await win.screenshot(path.join(SCREENSHOTS, 'task-profiled.png'));
  await toast.getByRole('button', { name: 'Show Flame Chart' }).click();
  const panel = await Panel.find(win, { page: 'flame' });
  await panel.shows('Start the job');
});

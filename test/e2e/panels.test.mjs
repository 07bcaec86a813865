// The panels in a real VS Code: the sample's flame chart, files of every kind, restarts of the window and of the worker.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { startServer } from './harness/server.mjs';
import { until } from './harness/until.mjs';
import { ensureBuilt } from './support/built.mjs';
import { EarshotWindow } from './support/earshot.mjs';
import { tellFailure } from './support/failure.mjs';
import { chooseRun, Panel, reloadWindow, tabTitles } from './support/panel.mjs';
import { ROOT, SCREENSHOTS } from './support/paths.mjs';

const fixture = (name) => readFileSync(path.join(ROOT, 'test', 'fixtures', 'profiles', name));
const span = (spanId, parentSpanId, name) => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId,
  parentSpanId,
  name,
  startTimeUnixNano: '1760000000000000000',
  endTimeUnixNano: '1760000001000000000',
});
const OTLP = {
  resourceSpans: [
    {
      resource: { attributes: [] },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: [
            span('00f067aa0ba902b7', '', 'fetch'),
            span('00f067aa0ba902b8', '00f067aa0ba902b7', '</script><img src=x onerror=alert(1)>'),
          ],
        },
      ],
    },
  ],
};
/** A file of each kind that the editor is offered for, with the number of its spans. */
const FILES = {
  'node.cpuprofile': { content: fixture('node/program.cpuprofile'), spans: 79 },
  'py-spy.speedscope.json': { content: fixture('py-spy/program.speedscope.json'), spans: 187 },
  'node.trace.json': { content: fixture('chrome/node.json'), spans: 47 },
  'go.pb.gz': { content: fixture('go/cpu.pb.gz'), spans: 173 },
  'spans.otlp.json': { content: JSON.stringify(OTLP), spans: 2 },
};
const shot = (name) => win.screenshot(path.join(SCREENSHOTS, `${name}.png`));
let home, server, win, earshot;

before(async () => {
  ensureBuilt();
  home = mkdtempSync(path.join(os.tmpdir(), 'earshot-home-'));
  const settings = {
    'earshot.home': home,
    // A page that is being loaded takes the focus at any moment.
    'workbench.quickOpen.closeOnFocusLost': false,
  };
  server = await startServer({ folders: [ROOT], settings });
  win = await server.window({ files: { 'notes.txt': 'x\n' } });
  for (const [name, { content }] of Object.entries(FILES)) {
    writeFileSync(path.join(win.folder, name), content);
  }
  writeFileSync(path.join(win.folder, 'empty.cpuprofile'), '');
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

/** Runs a command of the explorer's menu on a file of the workspace. */
function onFile(command, name) {
  return win.api(
    (vscode, [id, file]) =>
      vscode.commands.executeCommand(
        id,
        vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, file),
      ),
    [command, name],
  );
}

const closeAll = () =>
  win.api((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

/** Waits until the chart of a run of so many spans is drawn. */
async function chartShows(spans) {
  const panel = await Panel.find(win, { page: 'flame' });
  await panel.shows(new RegExp(`^${spans} spans?$`));
  await panel.locator('canvas').first().waitFor();
  return panel;
}

test('each kind of file opens read-only in the chart, and only when asked', async () => {
  for (const [name, { spans }] of Object.entries(FILES)) {
    await onFile('earshot.openWith', name);
    await chartShows(spans);
  }
  assert.deepEqual(await tabTitles(win), Object.keys(FILES));
  await shot('editor-otlp');
  win.assertClean();
});

test('a file that cannot be read says why; when it has changed it is read again on request', async () => {
  await closeAll();
  await onFile('earshot.openWith', 'empty.cpuprofile');
  const panel = await Panel.find(win, { page: 'flame' });
  await panel.shows('empty.cpuprofile is empty.');
  await shot('editor-unreadable');
  writeFileSync(path.join(win.folder, 'empty.cpuprofile'), fixture('node/program.cpuprofile'));
  const toast = await win.toast(/empty\.cpuprofile has changed on disk/);
  await toast.getByRole('button', { name: 'Reload' }).click();
  await chartShows(FILES['node.cpuprofile'].spans);
  win.assertClean();
});

test('imported runs are listed; a click opens the chart of one', async () => {
  await closeAll();
  await earshot.showLibrary();
  await win.page.getByText('No runs yet').waitFor();
  await shot('runs-empty');
  for (const name of ['node.cpuprofile', 'py-spy.speedscope.json']) {
    await onFile('earshot.importProfile', name);
    await earshot.libraryShows(new RegExp(`^${name}`));
  }
  const row = win.page.locator('.part.sidebar .monaco-list-row', { hasText: 'py-spy' });
  await row.click();
  await chartShows(FILES['py-spy.speedscope.json'].spans);
  await win.clearToasts();
  await shot('runs-chart');
  win.assertClean();
});

/** Opens the sample's chart as a person does. */
async function sampleChart() {
  await earshot.run('Show Flame Chart');
  await chooseRun(win, 'sample');
  const panel = await Panel.find(win, { page: 'flame' });
  await panel.shows('Real-time factor');
  return panel;
}

test('the sample’s chart opens from the palette, in one panel however often', async () => {
  await closeAll();
  await earshot.run('Try It with a Sample');
  const toast = await win.toast(/is ready/, { timeoutMs: 120_000 });
  await toast.getByRole('button', { name: 'Show Flame Chart' }).waitFor();
  // It opens by itself.
  assert.match(await win.editorText(), /Speaker 1/);
  await win.clearToasts();
  for (let i = 0; i < 2; i += 1) await sampleChart();
  const charts = (await tabTitles(win)).filter((title) => !title.endsWith('.md'));
  assert.equal(charts.length, 1, charts.join(', '));
  await shot('chart-sample');
  win.assertClean();
});

test('two runs are compared, and the dashboard shows them', async () => {
  await earshot.run('Compare Runs…');
  await chooseRun(win, 'node.cpuprofile', { expect: '1/2' });
  await chooseRun(win, 'py-spy.speedscope.json', { expect: '2/2' });
  const diff = await Panel.find(win, { page: 'diff' });
  await until(
    async () => !/Aligning/.test(await diff.locator('main').innerText()),
    'the runs are aligned',
  );
  await shot('compare');
  await earshot.run('Show Dashboard');
  const dashboard = await Panel.find(win, { page: 'dashboard' });
  await dashboard.shows('Stage timings over runs');
  await shot('dashboard');
  win.assertClean();
});

test('panels come back after a reload of the window, and after the worker was killed', async () => {
  const before = (await tabTitles(win)).filter((title) => !title.endsWith('.md'));
  await reloadWindow(win);
  await until(async () => {
    const now = await tabTitles(win);
    return before.every((title) => now.includes(title));
  }, 'the tabs are back');
  const dashboard = await Panel.find(win, { page: 'dashboard' });
  await dashboard.shows('Stage timings over runs');
  await win.page.getByRole('tab', { name: before[0], exact: true }).click();
  const chart = await Panel.find(win, { page: 'flame' });
  await chart.shows('Real-time factor');
  const [worker] = earshot.killWorker();
  await until(() => earshot.workerPid !== undefined && earshot.workerPid !== worker, 'a worker');
  await chart.shows('Real-time factor');
  await chart.locator('canvas').first().waitFor();
  // VS Code complains of itself when it reloads in a browser.
  win.assertClean({ ignore: [/Long running operations during shutdown/] });
});

test('what panels held is let go of when they are closed', async () => {
  await closeAll();
  for (let cycle = 0; cycle < 5; cycle += 1) {
    await onFile('earshot.openWith', 'node.cpuprofile');
    await chartShows(FILES['node.cpuprofile'].spans);
    await closeAll();
  }
  assert.equal(await win.page.locator('iframe.webview').count(), 0);
  assert.doesNotMatch(server.logs(/remoteexthost/), /MaxListeners|potential listener LEAK/i);
  win.assertClean();
});

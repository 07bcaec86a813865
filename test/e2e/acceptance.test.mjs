// What is promised to everybody: every page by the keyboard alone, for screen readers, and safe from what strangers write.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { startServer } from './harness/server.mjs';
import { THEMES } from './harness/settings.mjs';
import { until } from './harness/until.mjs';
import { ensureBuilt } from './support/built.mjs';
import { EarshotWindow } from './support/earshot.mjs';
import { tellFailure } from './support/failure.mjs';
import {
  hostile,
  hostileConfig,
  hostileFileName,
  hostileLog,
  hostileTrace,
} from './support/hostile.mjs';
import { IntruderWatch } from './support/intruders.mjs';
import { writeClip } from './support/longMedia.mjs';
import { Panel } from './support/panel.mjs';
import { ROOT, SCREENSHOTS } from './support/paths.mjs';
import { NAMELESS_FILES, PROFILED_FILES } from './support/profiledFiles.mjs';
import { storeIngestsNamed, storeMarks, storeTalk } from './support/storedRuns.mjs';

const CLI = path.join(ROOT, 'dist', 'cli.cjs');
/** Loads the same file forty times, for no reason; the line of it is the last. */
const READ_PY = `import time


def load(path):
    with open(path, 'rb') as model:
        while model.read(1 << 20):
            time.sleep(0.005)


for i in range(40):
    load('model.bin')
`;
const READ_LINE = READ_PY.trim().split('\n').length;
const HOSTILE_TRACE = hostileFileName('before', 'trace.json');
const HOSTILE_LATER = hostileFileName('after', 'trace.json');
const HOSTILE_CLIP = hostileFileName('clip', 'opus');
const HOSTILE_LOG = hostileFileName('lines', 'log');
const TRACE = readFileSync(path.join(ROOT, 'test/fixtures/profiles/chrome/viztracer.json'));
let home, server, win, earshot, watch;
/** Heights of the heads of pages that show nothing unusual. */
const usualHeads = new Map();

const shot = (name) => win.screenshot(path.join(SCREENSHOTS, `acceptance-${name}.png`));
const press = async (...keys) => {
  for (const key of keys) await win.page.keyboard.press(key);
};

function cli(words, cwd = ROOT, at = home) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, '--json', '--home', at, ...words], { cwd });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.on('error', reject);
    // 3: rows of a hostile file were not read.
    child.on('close', (code) =>
      code === 0 || code === 3 ? resolve(said) : reject(new Error(`${words}: ${code}\n${said}`)),
    );
  });
}

before(async () => {
  ensureBuilt();
  home = mkdtempSync(path.join(os.tmpdir(), 'earshot-home-'));
  const settings = {
    'earshot.home': home,
    // A page that is being loaded takes the focus at any moment.
    'workbench.quickOpen.closeOnFocusLost': false,
  };
  server = await startServer({ folders: [ROOT], settings });
  win = await server.window({
    files: {
      'read.py': READ_PY,
      'model.bin': Buffer.alloc(4_000_000, 1),
      'before.json': TRACE,
      'after.json': String(TRACE).replace(/"dur": ?(\d)/g, '"dur": 2$1'),
      'earshot.config.json': hostileConfig(),
      [HOSTILE_TRACE]: hostileTrace(1),
      [HOSTILE_LATER]: hostileTrace(2),
      [HOSTILE_LOG]: hostileLog(),
      ...PROFILED_FILES,
      ...NAMELESS_FILES,
    },
  });
  writeClip(path.join(win.folder, HOSTILE_CLIP), hostile('title').replaceAll('\0', ''));
  watch = new IntruderWatch(win);
  await watch.begin();
  earshot = new EarshotWindow(win);
  await cli(['profile', 'run', '--', 'python3', 'read.py'], win.folder);
  await cli(['profile', 'import', 'before.json', 'after.json'], win.folder);
  await cli(['profile', 'import', HOSTILE_TRACE, HOSTILE_LATER, HOSTILE_LOG], win.folder);
  await cli(['ingest', HOSTILE_CLIP], win.folder);
  storeTalk(home);
  storeIngestsNamed(home, hostile('talk'));
  storeMarks(home, win.folder, { file: 'read.py', lineText: 'import time', text: hostile('mark') });
});
afterEach(async (context) => {
  await tellFailure(context, server, win);
  await win?.clearToasts().catch(() => {});
});
after(async () => {
  await server?.stop();
  if (home) rmSync(home, { recursive: true, force: true });
});

const run = (id, ...args) =>
  win.api((vscode, [name, given]) => vscode.commands.executeCommand(name, ...given), [id, args]);
const closeAll = () => run('workbench.action.closeAllEditors');

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

/** Chooses a run as a person does who has many: by typing. */
async function chooseRun(name, expect) {
  await win.answer(name, { expect, confirm: false });
  const row = win.quick.locator('.monaco-list-row', { hasText: name }).first();
  await row.waitFor();
  await row.click();
}

const openFile = (name) =>
  win.api(async (vscode, file) => {
    const [{ uri }] = vscode.workspace.workspaceFolders;
    await vscode.window.showTextDocument(vscode.Uri.joinPath(uri, file), { preview: false });
  }, name);

async function openChart(name) {
  await closeAll();
  await earshot.run('Show Flame Chart');
  await chooseRun(name, 'Show Flame Chart');
  const panel = await Panel.find(win, { page: 'flame' });
  await panel.frame.locator('.strip h1', { hasText: name }).waitFor();
  await panel.shows(/^(\d+ findings?|no findings)$/);
  await panel.locator('.chart-overlay').waitFor();
  return panel;
}

// ---- by the keyboard alone -----------------------------------------------------------------------

/** What has the focus: the name of the part of the page, or null where the page has not got it. */
async function focused(panel) {
  const inPage = await win.page.evaluate(() => document.activeElement?.tagName === 'IFRAME');
  if (!inPage) return null;
  return panel.evaluate(() => {
    const { activeElement: it } = document;
    return it === document.body ? '' : (it.ariaLabel ?? it.textContent ?? '').trim();
  });
}

/** Presses Tab until the part of this name has the focus. Gives the names of all that had it. */
async function tabTo(panel, name) {
  const passed = [];
  for (let i = 0; i < 60; i += 1) {
    await press('Tab');
    passed.push(await focused(panel));
    if (name.test(passed.at(-1) ?? '(out of the page)')) return passed;
  }
  throw new Error(`Tab does not reach ${name}: ${JSON.stringify(passed)}`);
}

async function isAtLine(file, line) {
  await until(async () => {
    const at = await win.api((vscode) => {
      const editor = vscode.window.activeTextEditor;
      return editor && [editor.document.uri.path.split('/').pop(), editor.selection.start.line + 1];
    });
    assert.deepEqual(at, [file, line]);
    return win.page.evaluate(() => document.activeElement?.closest('.monaco-editor') != null);
  }, `${file} is open at line ${line} and has the focus`);
}

/** Leaves the editor beside the chart, as a person does who looks at another line of it. */
async function backToChart(panel) {
  await press('Control+Home');
  // VS Code hands the focus on from frame to frame, and forgets it where an editor is still opening.
  await until(async () => {
    await press('Control+1');
    return until(() => panel.evaluate(() => document.hasFocus()), 'focus', 2000);
  }, 'the page has the focus');
}

test('from a finding to its line, by the keyboard alone', async () => {
  const panel = await openChart('python3 read.py');
  await panel.shows('1 finding');
  await keepHeads(panel, ['.strip', '.toolbar']);
  const passed = await tabTo(panel, /^Flame chart/);
  assert.ok(passed.some((name) => /Search names/.test(name)));
  await tabTo(panel, /out of the page/);
  await tabTo(panel, /^1 finding$/);
  await press('Enter');
  await panel.shows('model.bin is loaded 40 times');
  await shot('finding');
  await tabTo(panel, /^Open Line$/);
  await press('Enter');
  await isAtLine('read.py', READ_LINE);
  await shot('finding-line');
  await backToChart(panel);
  win.assertClean();
});

test('from a span to its line: search, table and help by the keyboard alone', async () => {
  const panel = await Panel.find(win, { page: 'flame' });
  const title = panel.locator('.pane-span .pane-title');
  await tabTo(panel, /^Findings/);
  await press('ArrowLeft', 'ArrowLeft');
  assert.equal(await focused(panel), 'Span');
  await press('/');
  assert.match(await focused(panel), /^Search names/);
  await win.page.keyboard.type('load model');
  const count = panel.locator('.search-count');
  await count.filter({ hasText: '40 matches' }).waitFor();
  await press('Enter');
  await count.filter({ hasText: '1 of 40' }).waitFor();
  await title.filter({ hasText: 'load model.bin' }).waitFor();
  await shot('search');
  await press('Escape');
  await until(async () => /^Flame chart/.test(await focused(panel)), 'the chart has the focus');
  await press('Enter');
  await isAtLine('read.py', READ_LINE);
  await backToChart(panel);

  await press('?');
  const dialog = panel.locator('dialog[open]');
  await dialog.getByText('Open the source line').waitFor();
  await press('Tab');
  assert.notEqual(await focused(panel), null);
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await press('t');
  const table = panel.locator('[role=grid][aria-label="Visible spans"]');
  await table.locator('.table-row').first().waitFor();
  assert.equal(await focused(panel), 'Visible spans');
  await press('Home', 'ArrowDown', 'ArrowDown');
  const chosen = table.locator('[aria-selected=true]');
  await chosen.waitFor();
  const name = await chosen.locator('[role=gridcell]').first().innerText();
  await title.filter({ hasText: name }).waitFor();
  await press('End');
  await title.filter({ hasText: 'load model.bin' }).waitFor();
  await press('Enter');
  await isAtLine('read.py', READ_LINE);
  await backToChart(panel);
  win.assertClean();
});

test('Esc goes back step by step, and no key is a trap', async () => {
  const panel = await Panel.find(win, { page: 'flame' });
  const title = panel.locator('.pane-span .pane-title');
  const table = panel.locator('[role=grid][aria-label="Visible spans"]');
  await press('Escape');
  await table.waitFor({ state: 'hidden' });
  await press('m');
  await panel.locator('.pane-area .table-row').first().waitFor();
  await press('Escape');
  await panel.frame.getByText('Nothing is selected').waitFor();
  await press('Escape');
  await title.waitFor({ state: 'detached' });
  await press('Escape', 'Escape');
  await press('Control+0');
  await until(async () => (await focused(panel)) === null, 'the side bar has the focus');
  await backToChart(panel);
  await tabTo(panel, /out of the page/);
  win.assertClean();
});

// ---- for screen readers, in every theme ----------------------------------------------------------

/** States of a page, each reached from the one before; all of them in every theme. */
async function everyTheme(page, panel, states) {
  const problems = [];
  for (const theme of Object.keys(THEMES)) {
    await win.theme(theme);
    for (const [state, reach, leave] of states) {
      await reach();
      await shot(`${page}-${state}-${theme}`);
      const found = await panel.accessibilityProblems();
      if (found.length > 0) problems.push({ theme, state, found });
      await leave?.();
    }
  }
  await win.theme('dark');
  assert.deepEqual(problems, []);
}

test('the flame chart has nothing for axe-core to find', async () => {
  const panel = await openChart('python3 read.py');
  const chart = panel.locator('.chart-overlay');
  const key = async (...keys) => {
    await chart.focus();
    await press(...keys);
  };
  const row = (pane) => panel.locator(`${pane} .table-row`).first().waitFor();
  await everyTheme('flame', panel, [
    [
      'time',
      async () => {
        await key('1');
        await until(async () => {
          await key('.');
          return (await panel.locator('.pane-span .pane-title').count()) > 0;
        }, 'a span is chosen');
      },
    ],
    [
      'area',
      async () => {
        await key('m');
        await row('.pane-area');
      },
      () => key('Escape'),
    ],
    ['left-heavy', () => key('2')],
    [
      'sandwich',
      async () => {
        await key('3');
        await row('.functions');
      },
    ],
    [
      'findings',
      async () => {
        await key('1');
        await panel.locator('[data-key=findings]').click();
        await panel.locator('.finding').waitFor();
      },
    ],
    [
      'help',
      async () => {
        await key('?');
        await panel.locator('dialog[open]').waitFor();
      },
      () => press('Escape'),
    ],
    [
      'table',
      async () => {
        await key('t');
        await row('[aria-label="Visible spans"]');
      },
      () => press('t', 'Escape'),
    ],
  ]);
  win.assertClean();
});

test('the dashboard has nothing for axe-core to find', async () => {
  const panel = await openDashboard('A talk');
  await keepHeads(panel, ['header.toolbar']);
  const tables = panel.locator('button:has-text("Table")');
  for (let i = 0; i < (await tables.count()); i += 1) await tables.nth(i).click();
  await panel.locator('.bucket').first().click();
  await panel.locator('.items').first().waitFor();
  await everyTheme('dashboard', panel, [
    ['tables', async () => {}],
    ['charts', () => tables.first().click(), () => tables.first().click()],
  ]);
  win.assertClean();
});

test('the comparison has nothing for axe-core to find', async () => {
  const panel = await compare('before.json', 'after.json');
  await keepHeads(panel, ['.diff-header', '.diff-toolbar']);
  await panel.locator('.waterfall-row').nth(1).click();
  const table = panel.frame.getByRole('button', { name: 'Table' });
  const tab = (name) => panel.frame.getByRole('tab', { name }).click();
  await everyTheme('diff', panel, [
    ['waterfall', () => panel.locator('.waterfall-row').nth(1).waitFor()],
    ['table', () => table.click(), () => table.click()],
    ['changed', () => tab('Changed'), () => tab('Waterfall')],
  ]);
  win.assertClean();
});

async function openDashboard(series) {
  await closeAll();
  await earshot.run('Show Dashboard');
  const panel = await Panel.find(win, { page: 'dashboard' });
  await panel.locator('#series').waitFor();
  const option = panel.frame.locator('#series option', { hasText: series }).first();
  await option.waitFor({ state: 'attached' });
  await panel.locator('#series').selectOption({ label: await option.textContent() });
  await panel.locator('.charts, .message p').first().waitFor();
  await until(async () => (await tabTitle()).includes(series), `the dashboard of ${series}`);
  await panel.locator('aside .details').first().waitFor();
  return panel;
}

async function compare(a, b) {
  await closeAll();
  await earshot.run('Compare Runs…');
  await chooseRun(a, '1/2');
  await chooseRun(b, '2/2');
  const panel = await Panel.find(win, { page: 'diff' });
  await panel.locator('.waterfall-row').nth(1).waitFor();
  return panel;
}

// ---- what strangers write ------------------------------------------------------------------------

const heightOf = (panel, selector) =>
  panel.locator(selector).evaluate((element) => element.getBoundingClientRect().height);

async function keepHeads(panel, selectors) {
  for (const selector of selectors) usualHeads.set(selector, await heightOf(panel, selector));
}

/** Nothing was run, and the page is in shape: as wide as its frame, its heads as high as ever. */
async function isTidy(panel, where, heads = []) {
  await watch.nothingHappened(where);
  const [wide, width] = await panel.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(wide <= width, `${where} is ${wide} wide in ${width}`);
  for (const selector of heads) {
    assert.equal(await heightOf(panel, selector), usualHeads.get(selector), `${where} ${selector}`);
  }
  await shot(`hostile-${where}`);
}

const tabTitle = () =>
  win.page.locator('.editor-group-container.active .tab.active').getAttribute('aria-label');

test('hostile traces are text in every view of the flame chart', async () => {
  const panel = await openChart('before <img');
  const heads = ['.strip', '.toolbar'];
  const tidy = (state) => isTidy(panel, `flame-${state}`, heads);
  const chart = panel.locator('.chart-overlay');
  const title = panel.locator('.pane-span .pane-title');
  await chart.focus();
  await until(async () => {
    await press('.');
    return (await title.count()) > 0;
  }, 'a span is chosen');
  await tidy('time');
  const box = await chart.boundingBox();
  for (let y = 60; y < box.height; y += 24) {
    for (const x of [40, 250]) await win.page.mouse.move(box.x + x, box.y + y);
  }
  await tidy('hover');
  await press('Enter');
  await panel.frame.locator('.problem', { hasText: /workspace|line|source/i }).waitFor();
  await tidy('no-source');
  await panel.frame.getByRole('button', { name: 'Dismiss' }).click();
  await chart.focus();
  await press('m');
  await panel.locator('.pane-area .table-row').first().waitFor();
  await tidy('area');
  await press('Escape', '2');
  await tidy('left-heavy');
  await press('3');
  await panel.locator('.functions .table-row').first().waitFor();
  await tidy('sandwich');
  await press('1', 't');
  await panel.locator('[aria-label="Visible spans"] .table-row').first().waitFor();
  await tidy('table');
  await press('t', '/');
  await win.page.keyboard.type('<img');
  await panel.frame.locator('.search-count', { hasText: 'match' }).waitFor();
  await press('Enter');
  await title.filter({ hasText: '<img src=x onerror="globalThis.owned=1">' }).waitFor();
  await tidy('search');
  await panel.locator('[data-key=rejected]').click();
  await panel.locator('dialog .rejections li').first().waitFor();
  await tidy('rejected');
  await press('Escape');
  const log = await openChart('lines <img');
  await log.frame.getByRole('tab', { name: 'Findings' }).click();
  await isTidy(log, 'flame-log', heads);
  win.assertClean();
});

test('hostile files are text in the editor, and when they change', async () => {
  await closeAll();
  await onFile('earshot.openWith', HOSTILE_TRACE);
  const panel = await Panel.find(win, { page: 'flame' });
  await panel.shows(/^9 spans$/);
  await isTidy(panel, 'editor', ['.strip', '.toolbar']);
  writeFileSync(path.join(win.folder, HOSTILE_TRACE), hostileTrace(3));
  const toast = await win.toast(/has changed on disk/);
  assert.equal(await toast.locator('.notification-list-item-message a').count(), 0);
  await watch.nothingHappened('toast');
  await shot('hostile-toast');
  win.assertClean();
});

test('hostile runs are text in the dashboard, and their comparison', async () => {
  const panel = await openDashboard('talk <img');
  const tables = panel.locator('button:has-text("Table")');
  for (let i = 0; i < (await tables.count()); i += 1) await tables.nth(i).click();
  await panel.locator('.bucket').first().click();
  await panel.locator('.items').first().waitFor();
  await isTidy(panel, 'dashboard', ['header.toolbar']);
  const diff = await compare('before <img', 'after <img');
  await diff.locator('.waterfall-row').nth(1).click();
  await isTidy(diff, 'diff', ['.diff-header', '.diff-toolbar']);
  await diff.frame.getByRole('button', { name: 'Table' }).click();
  for (const tab of ['Changed', 'Only in one', 'Waterfall']) {
    await diff.frame.getByRole('tab', { name: tab }).click();
    await isTidy(diff, `diff-${tab}`);
  }
  const chart = await diff.frame.getByRole('application').boundingBox();
  for (let x = 20; x < chart.width; x += 60) {
    await win.page.mouse.move(chart.x + x, chart.y + 95);
  }
  await isTidy(diff, 'diff-hover', ['.diff-header', '.diff-toolbar']);
  win.assertClean();
});

/** The title that VS Code shows of a line of the side bar when the mouse rests on it. */
async function sideBarHover(text) {
  const row = win.page.locator('.part.sidebar .monaco-list-row', { hasText: text }).first();
  await row.waitFor();
  const shown = win.page.locator('.monaco-hover:not(.hidden)', { hasText: text });
  await until(async () => {
    await win.page.mouse.move(900, 700);
    await row.hover();
    return shown
      .first()
      .waitFor({ timeout: 2000 })
      .then(() => true);
  }, `a hover of ${text}`);
  return shown.first();
}

test('hostile titles are text in the views, the transcript and the report', async () => {
  await closeAll();
  await earshot.showLibrary();
  for (const name of ['before <img', 'lines <img', 'talk <img']) {
    const hover = await sideBarHover(name);
    assert.equal(await hover.locator('a, img').count(), 0);
    await watch.nothingHappened(`hover of ${name}`);
  }
  await win.page.mouse.move(900, 700);
  await shot('hostile-views');
  await earshot.run('Open Transcript…');
  await win.quick.locator('.monaco-list-row', { hasText: 'talk <img' }).click();
  await win.page.locator('.tab.active', { hasText: 'talk' }).waitFor();
  await until(async () => /<script>/.test(await win.editorText()), 'the transcript is open');
  assert.match(await win.hover('onerror'), /Confidence: 90 %/);
  await watch.nothingHappened('transcript');
  await shot('hostile-transcript');
  const targets = await win.api(async (vscode) => {
    const { uri } = vscode.window.activeTextEditor.document;
    const links = await vscode.commands.executeCommand('vscode.executeLinkProvider', uri);
    return links.map(({ target }) => String(target));
  });
  assert.ok(
    !targets.some((target) => /^(command:earshot.showLog|javascript:)/.test(target)),
    targets.join(),
  );
  await earshot.run('Show Run Report');
  const row = win.quick.locator('.monaco-list-row', { hasText: 'clip <img' });
  await row.waitFor();
  assert.equal(await row.locator('.codicon-error').count(), 0);
  await shot('hostile-videos');
  await row.click();
  await until(async () => /^# /.test(await win.editorText()), 'the report is open');
  await run('markdown.showPreview');
  const outer = win.page.locator('iframe.webview.ready:visible').first();
  const preview = outer.contentFrame().frameLocator('iframe#active-frame');
  await preview.getByRole('heading', { name: 'Stages' }).waitFor();
  await shot('hostile-report');
  await watch.nothingHappened('report');
  win.assertClean();
});

test('hostile judgements are text on the line, in lists and in the status bar', async () => {
  await closeAll();
  await openFile('read.py');
  await until(async () => (await win.diagnostics()).length >= 2, 'the problems');
  for (const { message } of await win.diagnostics()) assert.doesNotMatch(message, /[\n\u202e\0]/);
  await win.editor.locator('.codelens-decoration', { hasText: 'mark <img' }).first().waitFor();
  assert.match(await win.hover('import time'), /mark <img/);
  const hover = win.page.locator('.monaco-hover:not(.hidden)');
  assert.equal(await hover.locator('h1, [data-href^="http"]').count(), 0);
  await watch.nothingHappened('hover');
  await shot('hostile-marks');
  await win.page.mouse.move(900, 700);
  await win.page.locator('.statusbar-item', { hasText: 'mark <img' }).waitFor();
  assert.equal(await win.page.locator('.statusbar-item .codicon-error').count(), 1);
  await run('workbench.actions.view.problems');
  await win.page.locator('.markers-panel .monaco-list-row').nth(1).waitFor();
  await watch.nothingHappened('problems');
  await shot('hostile-problems');
  await run('workbench.action.closePanel');
  await earshot.run('Show Regressions');
  await win.quick.locator('.monaco-list-row', { hasText: 'mark <img' }).nth(1).waitFor();
  await watch.nothingHappened('regressions');
  await shot('hostile-regressions');
  await press('Escape');
  win.assertClean();
});

test('hostile commands are text in the Test Explorer and among the tasks', async () => {
  await run('workbench.view.testing.focus');
  const gate = win.page.locator('.test-explorer .monaco-list-row', { hasText: 'gate <img' });
  await gate.first().waitFor();
  await gate.first().hover();
  await watch.nothingHappened('Test Explorer');
  await shot('hostile-tests');
  await win.command('Tasks: Run Task');
  await win.answer('earshot', { confirm: false });
  await win.pick('earshot');
  await win.quick.locator('.monaco-list-row', { hasText: 'gate <img' }).first().waitFor();
  await watch.nothingHappened('tasks');
  await shot('hostile-tasks');
  await press('Escape', 'Escape');
  win.assertClean();
});

// ---- each kind of file ---------------------------------------------------------------------------

test('each kind of file opens with as many spans as the command line imports', async (t) => {
  await closeAll();
  await run('workbench.view.explorer');
  const { contributes } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const [{ selector }] = contributes.customEditors;
  for (const { filenamePattern } of selector) {
    const end = filenamePattern.slice(1);
    assert.ok(
      Object.keys(PROFILED_FILES).some((name) => name.endsWith(end)),
      filenamePattern,
    );
  }
  const names = Object.keys({ ...PROFILED_FILES, ...NAMELESS_FILES });
  const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'earshot-home-'));
  const said = await cli(['profile', 'import', ...names], win.folder, elsewhere);
  rmSync(elsewhere, { recursive: true, force: true });
  const results = said
    .split('\n')
    .filter((line) => line.startsWith('{"type":"run"'))
    .map((line) => JSON.parse(line));
  assert.equal(results.length, names.length, said);
  for (const [i, name] of names.entries()) {
    const { format, spans } = results[i];
    await onFile('earshot.openWith', name);
    const panel = await Panel.find(win, { page: 'flame' });
    await panel.frame.locator('.strip h1', { hasText: name }).waitFor();
    const fact = panel.frame.locator('.strip-fact', { hasText: /^[\d,.\s]+ spans?$/ });
    await fact.waitFor();
    assert.equal(Number((await fact.innerText()).replace(/\D/g, '')), spans, name);
    await panel.locator('canvas').first().waitFor();
    t.diagnostic(`${name}: ${format}, ${spans} spans`);
    await shot(`kind-${name.replaceAll('.', '-')}`);
    await closeAll();
  }
  win.assertClean();
});

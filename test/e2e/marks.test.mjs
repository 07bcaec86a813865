// Regressions inline: from a gate of the command line to the line in the editor, in three languages.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import Database from 'better-sqlite3';
import { startServer } from './harness/server.mjs';
import { THEMES } from './harness/settings.mjs';
import { until } from './harness/until.mjs';
import { ensureBuilt } from './support/built.mjs';
import { EarshotWindow } from './support/earshot.mjs';
import { tellFailure } from './support/failure.mjs';
import { ROOT, SCREENSHOTS } from './support/paths.mjs';
import { PROGRAMS, commitAll } from './support/slowPrograms.mjs';

const VERDICT = /▲ \+[\d.]+ % \([^)]+ … [^)]+ %\), 5 v 5 · slower/;
const CLI = path.join(ROOT, 'dist', 'cli.cjs');
let home, server, win, earshot;

before(async () => {
  ensureBuilt();
  home = mkdtempSync(path.join(os.tmpdir(), 'earshot-home-'));
  // A library there is, which knows nothing of the workspaces.
  await cli(home, ['profile', 'list']);
  server = await startServer({ folders: [ROOT], settings: { 'earshot.home': home } });
});
afterEach(async (context) => {
  await tellFailure(context, server, win);
  await win?.clearToasts().catch(() => {});
});
after(async () => {
  await server?.stop();
  if (home) rmSync(home, { recursive: true, force: true });
});

test('Python: a gate ends, and the line says so while the file is open', async (t) => {
  await openProgram('python');
  await openFile('python');
  const isActive = (vscode) => vscode.extensions.getExtension('earshot.earshot').isActive;
  await until(() => win.api(isActive), 'Earshot is active');
  const loaded = await win.api(() =>
    Object.keys(process.getBuiltinModule('node:module')._cache).filter((file) =>
      /\/dist\/(extension|features)\.cjs$/.test(file),
    ),
  );
  assert.deepEqual(
    loaded.map((file) => path.basename(file)),
    ['extension.cjs'],
    'what was never judged needs no more, and no worker',
  );
  assert.equal(earshot.workerPid, undefined);
  await watchForMarks(VERDICT);
  const { toldAt, code } = await gate('python');
  assert.equal(code, 1, 'the gate found a regression');
  const shown = await until(() => win.page.evaluate(() => window.marksShown()), 'all is drawn');
  const [icon, lens] = [shown.iconAt - toldAt, shown.lensAt - toldAt];
  t.diagnostic(
    `from the gate’s result to the line: gutter and line end ${icon} ms, lens ${lens} ms`,
  );
  // A busy machine may be late; a watch that does not watch would never tell.
  assert.ok(icon <= 2000, `${icon} ms`);
  await checkMarked('python');
  // The line that did not change has none.
  assert.equal(await win.editor.locator('.codelens-decoration', { hasText: '=' }).count(), 0);
});

test('the problem has a code with its page, the baseline, and quick fixes', async () => {
  const [problem] = await win.api((vscode) => {
    const { uri } = vscode.window.activeTextEditor.document;
    return vscode.languages.getDiagnostics(uri).map((each) => ({
      ...{ message: each.message, severity: each.severity, source: each.source },
      code: each.code.value,
      target: each.code.target.toString(),
      related: each.relatedInformation.map(({ message }) => message),
    }));
  });
  assert.match(problem.message, /^embed: ▲ \+\d+ %/);
  assert.deepEqual([problem.severity, problem.source, problem.code], [1, 'Earshot', 'slower']);
  assert.match(problem.target, /^earshot:\/pages\/slower-embed-[0-9a-f]{8}\.md$/);
  assert.match(problem.related[0], /^Baseline: [\d.]+ ms of 5 runs, now 2\d\d ms of 5$/);
  const fixes = await win.api(async (vscode) => {
    const { uri } = vscode.window.activeTextEditor.document;
    const [{ range }] = vscode.languages.getDiagnostics(uri);
    const found = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    return found.map(({ title }) => title).filter((title) => title.startsWith('Earshot: '));
  });
  assert.deepEqual(fixes, [
    'Earshot: Show the cause in the flame chart',
    'Earshot: Compare with the baseline, span by span',
    'Earshot: Accept as the new baseline…',
    'Earshot: Explain',
    'Earshot: Silence with a reason…',
  ]);
});

test('the hover has the numbers and a picture of them', async () => {
  const text = await win.hover("stage('embed'");
  assert.match(text, /embed seconds: ▲ \+\d+ %/);
  assert.match(text, /A [\d.]+ ms → B 2\d\d ms · p = /);
  assert.match(text, /Flame Chart · Compare · Accept Baseline · Explain · Silence/);
  const image = win.page.locator('.monaco-hover img').first();
  await until(() => image.evaluate((each) => each.naturalWidth > 0), 'the picture is drawn');
  await win.screenshot(path.join(SCREENSHOTS, 'marks-hover.png'));
  await win.page.mouse.move(900, 700);
});

test('it reads well in every theme', async () => {
  for (const theme of Object.keys(THEMES)) {
    await win.theme(theme);
    await win.screenshot(path.join(SCREENSHOTS, `marks-${theme}.png`));
  }
  await win.theme('dark');
});

test('edits above move it; a change of the line makes it stale, undo makes it fresh', async () => {
  await edit((vscode, builder) => builder.insert(new vscode.Position(0, 0), '# new\n# new\n'));
  await checkMarked('python');
  // In front of the line on the line itself: what was measured is what it says, not how far it is moved in.
  await edit((vscode, builder, line) => builder.insert(new vscode.Position(line, 0), '  '));
  await checkMarked('python');
  await edit((vscode, builder, line) => builder.insert(new vscode.Position(line, 8), 'x'));
  await until(async () => (await win.diagnostics()).length === 0, 'no problem');
  await until(async () => /the line changed since it was measured/.test(await lensText()), 'stale');
  assert.match((await lineEnds()).join(), /the line changed since it was measured/);
  await win.screenshot(path.join(SCREENSHOTS, 'marks-stale.png'));
  for (let i = 0; i < 2; i += 1) {
    await win.api((vscode) => vscode.commands.executeCommand('undo'));
  }
  await checkMarked('python');
});

test('a file that changed while it was closed is searched for the line', async () => {
  await win.api((vscode) =>
    vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'),
  );
  const file = path.join(win.folder, 'job.py');
  writeFileSync(file, `${'# moved\n'.repeat(30)}${readFileSync(file, 'utf8')}`);
  await earshot.run('Show Regressions');
  const row = win.quick.locator('.monaco-list-row', { hasText: VERDICT });
  await row.click();
  await until(async () => (await win.editorText()).startsWith('# moved'), 'job.py is open');
  await checkMarked('python');
});

test('each surface has a switch', async () => {
  const status = win.page.locator('.statusbar-item', { hasText: /job\.py: slower/ });
  const switches = {
    codeLens: async () => (await win.editor.locator('.codelens-decoration').count()) > 0,
    decorations: async () => (await lineEnds()).length > 0,
    diagnostics: async () => (await win.diagnostics()).length > 0,
    statusBar: () => status.isVisible(),
  };
  for (const [name, isThere] of Object.entries(switches)) {
    await until(isThere, `${name} is there`);
    await win.setting(`earshot.inline.${name}`, false);
    await until(async () => !(await isThere()), `${name} is off`);
    await win.setting(`earshot.inline.${name}`, undefined);
    await until(isThere, `${name} is on again`);
  }
});

test('what is silenced with a reason is listed, and comes back', async () => {
  await win.api((vscode) => {
    const { uri } = vscode.window.activeTextEditor.document;
    const [{ range }] = vscode.languages.getDiagnostics(uri);
    return vscode.commands
      .executeCommand('vscode.executeCodeActionProvider', uri, range)
      .then((found) => {
        const { command } = found.find(({ title }) => title.includes('Silence'));
        void vscode.commands.executeCommand(command.command, ...command.arguments);
      });
  });
  await win.answer('  ', { expect: 'Why this need not be shown', confirm: false });
  await until(
    async () => /Say in a few words why/.test(await win.inputMessage()),
    'a reason is due',
  );
  await win.answer('it does more now');
  await until(async () => (await win.diagnostics()).length === 0, 'silenced');
  await earshot.run('Show Silenced…');
  const row = win.quick.locator('.monaco-list-row', { hasText: 'it does more now' });
  await row
    .locator('.quick-input-list-checkbox, input[type=checkbox], .monaco-checkbox')
    .first()
    .click();
  await win.quick.getByRole('button', { name: 'OK' }).click();
  await checkMarked('python');
});

test('the lens leads to the page and to the chart', async () => {
  await win.editor.locator('.codelens-decoration a', { hasText: 'Explain' }).click();
  await until(async () => /^# embed: seconds/.test(await win.editorText()), 'the page');
  assert.match(await win.editorText(), /earshot profile compare [0-9a-f]{8}/);
  await openFile('python');
  await win.editor.locator('.codelens-decoration a', { hasText: VERDICT }).click();
  await win.page.locator('.tab', { hasText: /Flame Chart|python3 job\.py/ }).waitFor();
  await win.api((vscode) => vscode.commands.executeCommand('workbench.action.closeActiveEditor'));
});

test('what is hostile stays text in every surface, and a finding has its problem', async () => {
  const hostile =
    '[x](command:earshot.showLog) <img src=x onerror="alert(1)"> $(error) `a` **b** https://example.org \u202e\n# c';
  judgeByHand(hostile);
  await openFile('python', 'import json');
  await until(
    async () => (await win.diagnostics()).some(({ severity }) => severity === 0),
    'the finding is a problem',
  );
  const problems = await win.diagnostics();
  assert.equal(problems.length, 3, JSON.stringify(problems));
  for (const { message } of problems) assert.doesNotMatch(message, /[\n\u202e]/);
  await until(async () => (await lensText()).includes('[x](command:earshot.showLog)'), 'the lens');
  const text = await win.hover('import json');
  assert.ok(
    text.includes('[x](command:earshot.showLog) <img src=x onerror="alert(1)"> $(error)'),
    text,
  );
  const hover = win.page.locator('.monaco-hover:not(.hidden)');
  assert.equal(
    await hover.locator('img[onerror], h1, [data-href^="command:earshot.showLog"]').count(),
    0,
  );
  assert.equal(await hover.locator('[data-href^="http"]').count(), 0);
  await win.screenshot(path.join(SCREENSHOTS, 'marks-hostile.png'));
  await win.page.mouse.move(900, 700);
  const status = win.page.locator('.statusbar-item', { hasText: /\[x\].*: slower/ });
  assert.equal(await status.locator('.codicon-error').count(), 0);
  await earshot.run('Show Regressions');
  const rows = win.quick.locator('.monaco-list-row');
  await until(async () => (await rows.count()) === 3, 'three marks are listed');
  assert.equal(await rows.locator('.codicon-error').count(), 0);
  await win.page.keyboard.press('Escape');
  win.assertClean();
  judgeByHand(null);
  await until(async () => (await win.diagnostics()).length === 1, 'the hostile ones are gone');
  await openFile('python');
});

test('accepting the runs as the baseline takes it away', async (t) => {
  await openFile('python');
  await checkMarked('python');
  await win.editor.locator('.codelens-decoration a', { hasText: 'Accept Baseline' }).click();
  await win.answer('twice as good', { expect: 'Why these 5 runs' });
  const before = Date.now();
  await gone();
  t.diagnostic(`from accepting to gone: ${Date.now() - before} ms`);
  win.assertClean();
});

for (const language of ['go', 'typescript']) {
  test(`${language}: the line is found by what the trace says, and is gone after accept`, async (t) => {
    await openProgram(language);
    if (PROGRAMS[language].note) t.diagnostic(PROGRAMS[language].note);
    const { code, result } = await gate(language);
    assert.equal(code, 1, 'the gate found a regression');
    await openFile(language);
    await checkMarked(language);
    await edit((vscode, builder) => builder.insert(new vscode.Position(0, 0), '// new\n'));
    await checkMarked(language);
    await win.screenshot(path.join(SCREENSHOTS, `marks-${language}.png`));
    const before = Date.now();
    await cli(win.folder, ['profile', 'accept', ...result.head.runIds]);
    const accepted = Date.now();
    await gone();
    const [whole, last] = [Date.now() - before, Date.now() - accepted];
    t.diagnostic(`from the start of “accept” to gone: ${whole} ms; from its end: ${last} ms`);
    win.assertClean();
  });
}

// ---- what a person does and sees -----------------------------------------------------------------

/** A window on a repository with a program, which was slowed down after the commit. */
async function openProgram(language) {
  const { files, file, slow } = PROGRAMS[language];
  await win?.close();
  win = await server.window({ files });
  earshot = new EarshotWindow(win);
  commitAll(win.folder);
  const at = path.join(win.folder, file);
  const text = readFileSync(at, 'utf8');
  assert.ok(text.includes(slow[0]));
  writeFileSync(at, text.replace(slow[0], slow[1]));
}

/** Opens the program at the line that is blamed, or another. */
async function openFile(language, at = PROGRAMS[language].blamed) {
  const { file } = PROGRAMS[language];
  await win.api(
    async (vscode, [name, text]) => {
      const [{ uri }] = vscode.workspace.workspaceFolders;
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(uri, name));
      const start = document.positionAt(document.getText().indexOf(text));
      const selection = new vscode.Range(start, start);
      await vscode.window.showTextDocument(document, { preview: false, selection });
    },
    [file, at],
  );
  await win.line(at).first().waitFor();
}

/** Runs the gate as in a terminal; tells when it said its result. */
async function gate(language) {
  const { command, setup, stage } = PROGRAMS[language];
  const options = ['--runs', '5', '--max', '5', '--stage', stage];
  if (setup) {
    execFileSync('sh', ['-c', setup], { cwd: win.folder });
    options.push('--setup', setup);
  }
  const ended = await cli(win.folder, ['profile', 'gate', ...options, '--', ...command]);
  return { ...ended, result: JSON.parse(ended.lines.at(-1)) };
}

function cli(cwd, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, '--json', '--home', home, ...words], { cwd });
    let [out, err, toldAt] = ['', '', 0];
    child.stdout.on('data', (bytes) => {
      out += bytes;
      toldAt = Date.now();
    });
    child.stderr.on('data', (bytes) => {
      err += bytes;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = out.trim().split('\n');
      if (code > 1 || out === '')
        reject(new Error(`${words.join(' ')} ended with ${code}\n${err}${out}`));
      else resolve({ code, lines, toldAt });
    });
  });
}

/** Puts a verdict and a finding that are made of one text on the first lines of job.py, or takes them away. */
function judgeByHand(text) {
  const library = new Database(path.join(home, 'library.sqlite'));
  const place = (line) => ({
    file: 'job.py',
    source: { file: 'job.py', line, column: null, rung: 'string-literal' },
    lineText: 'import json, os, sys, time, urllib.request',
    ...{ share: 0.5, span: null, series: text, name: text, origin: 'run' },
    ...{ runs: { a: [], b: [text] }, madeAt: '2026-01-01T00:00:00.000Z' },
  });
  const verdict = {
    ...{ word: 'slower', tier: 2, stage: text, metric: text, unit: text, ratio: 2, p: 0.001 },
    ...{ interval: [1.9, 2.1], n: [5, 5], smallestVisible: 1.2, medians: [text, 2], reason: text },
    values: [[1], [2]],
  };
  const finding = {
    ...{ kind: 'repeated-load', severity: 'error', title: text, expected: text, actual: text },
    ...{ cause: text, fix: text, wastedSeconds: 1, share: 0.5 },
    evidence: [{ text, file: '../../../../etc/passwd', line: 1, span: null }],
  };
  const marks = [
    { ...place(1), key: `v${text}`, verdict, finding: null },
    { ...place(1), key: `f${text}`, verdict: null, finding },
  ];
  library
    .prepare(
      `INSERT OR REPLACE INTO judgements (workspace, origin, name, made_at, word, text, runs_b, marks)
       VALUES (?, 'run', 'by hand', ?, ?, ?, '[]', ?)`,
    )
    .run(
      ...[realpathSync(win.folder), '2099-01-01T00:00:00.000Z', text && 'slower', text],
      JSON.stringify(text === null ? [] : marks),
    );
  library.prepare("UPDATE judgements SET name = ? WHERE name = 'by hand'").run(text ?? 'by hand');
  if (text === null) library.prepare("DELETE FROM judgements WHERE origin = 'run'").run();
  library.close();
}

/** The lens, the end of the line and the problem all stand at the line that is blamed. */
async function checkMarked(language) {
  const { blamed } = PROGRAMS[language];
  await until(async () => {
    const found = await win.api(async (vscode) => {
      const { document } = vscode.window.activeTextEditor;
      const lenses = await vscode.commands.executeCommand(
        'vscode.executeCodeLensProvider',
        document.uri,
        20,
      );
      const text = (line) => document.lineAt(line).text.trim();
      return {
        lenses: lenses
          .filter(({ command }) => command?.command.startsWith('earshot.'))
          .map(({ range, command }) => [text(range.start.line), command.title]),
        problems: vscode.languages
          .getDiagnostics(document.uri)
          .filter(({ source }) => source === 'Earshot')
          .map(({ range, message }) => [text(range.start.line), message]),
      };
    });
    const titles = found.lenses.map(([, title]) => title);
    assert.ok(VERDICT.test(titles[0]), `lenses ${JSON.stringify(found.lenses)}`);
    assert.deepEqual(titles.slice(1), ['Compare', 'Accept Baseline', 'Explain']);
    assert.deepEqual([...new Set(found.lenses.map(([line]) => line))], [blamed]);
    assert.equal(found.problems.length, 1, JSON.stringify(found.problems));
    assert.equal(found.problems[0][0], blamed);
    const ends = await lineEnds();
    assert.ok(
      ends.some((text) => /▲ \+\d+ % · [▁-█] \d+ % of the run/u.test(text)),
      ends.join(),
    );
    return true;
  }, `${blamed} is marked`);
}

async function gone() {
  // The language's own may come meanwhile.
  const ours = async () =>
    (await win.diagnostics()).filter(({ source }) => source === 'Earshot').length;
  await until(async () => (await ours()) === 0, 'no problem');
  await until(
    async () => (await win.editor.locator('.codelens-decoration').count()) === 0,
    'no lens',
  );
  await until(async () => (await lineEnds()).length === 0, 'no decoration');
}

const lensText = async () =>
  (await win.editor.locator('.codelens-decoration').allInnerTexts()).join('\n');

/** What decorations say behind the drawn lines. */
async function lineEnds() {
  const texts = await win.editor
    .locator('.view-line span')
    .evaluateAll((spans) => spans.map((each) => getComputedStyle(each, '::after').content));
  return texts
    .map((text) => text.replace(/^"|"$/g, '').replaceAll('\u00a0', ' ').trim())
    .filter((text) => /[▲▼=?⚠✖]/u.test(text));
}

/** Notes when the icon in the gutter and a lens with this text are drawn. */
async function watchForMarks(pattern) {
  await win.page.evaluate((source) => {
    const wanted = new RegExp(source, 'u');
    const at = { iconAt: 0, lensAt: 0 };
    window.marksShown = () => at.iconAt > 0 && at.lensAt > 0 && at;
    const isLens = ({ textContent }) => wanted.test(textContent.replaceAll('\u00a0', ' '));
    const look = () => {
      at.iconAt ||= document.querySelector('.monaco-editor .cgmr') ? Date.now() : 0;
      const lenses = [...document.querySelectorAll('.codelens-decoration')];
      at.lensAt ||= lenses.some(isLens) ? Date.now() : 0;
    };
    const all = { childList: true, subtree: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(document.body, all);
  }, pattern.source);
}

/** Edits the active document; `line` is that of the mark's code. */
async function edit(change) {
  const done = await win.api(async (vscode, source) => {
    const editor = vscode.window.activeTextEditor;
    const lines = editor.document.getText().split('\n');
    const line = lines.findIndex((each) => /^\s*stage\('embed'/.test(each));
    const apply = new Function(`return (${source})`)();
    return editor.edit((builder) => apply(vscode, builder, line));
  }, change.toString());
  assert.ok(done, 'the edit was made');
}

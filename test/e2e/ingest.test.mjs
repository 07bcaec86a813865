// The main job in a real VS Code: a URL becomes a transcript, which is read, searched, reported on and made again.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { startServer } from './harness/server.mjs';
import { THEMES } from './harness/settings.mjs';
import { until } from './harness/until.mjs';
import { ensureBuilt } from './support/built.mjs';
import { EarshotWindow } from './support/earshot.mjs';
import { tellFailure } from './support/failure.mjs';
import { serveMedia } from './support/mediaServer.mjs';
import { ROOT, SAMPLE, SCREENSHOTS } from './support/paths.mjs';
import { sampleWords, spokenWords, wordErrorRate } from './support/words.mjs';

const MAX_WORD_ERROR_RATE = 0.15;
// Error notifications go to the browser's console as well.
const EXPECTED = [/nothing\.opus|404|not be found|not found/i];
const shot = (name) => win.screenshot(path.join(SCREENSHOTS, `${name}.png`));
let home, media, server, win, earshot;

before(async () => {
  ensureBuilt();
  media = await serveMedia({ 'sample.opus': SAMPLE });
  home = mkdtempSync(path.join(os.tmpdir(), 'earshot-home-'));
  server = await startServer({ folders: [ROOT], settings: { 'earshot.home': home } });
  win = await server.window({ files: { 'notes.txt': 'x\n' } });
  earshot = new EarshotWindow(win);
});
afterEach(async (context) => {
  await tellFailure(context, server, win);
  await win?.clearToasts().catch(() => {});
});
after(async () => {
  await server?.stop();
  await media?.close();
  if (home) rmSync(home, { recursive: true, force: true });
});

test('an empty library says how to begin; no worker runs before it is asked', async () => {
  assert.equal(earshot.workerPid, undefined);
  await earshot.showLibrary();
  await win.page.getByText('Try It with a Sample').waitFor();
  await shot('library-empty');
});

test('the URL box validates while typing and suggests the clipboard’s URL', async () => {
  await win.api((vscode, url) => vscode.env.clipboard.writeText(url), media.url('sample.opus'));
  await earshot.run('Ingest YouTube URL');
  const input = win.quick.locator('input.input');
  await until(async () => (await input.inputValue()) === media.url('sample.opus'), 'suggestion');
  for (const [text, problem] of [
    ['file:///etc/passwd', /Ingest Media File/],
    ['javascript:alert(1)', /Only http and https/],
    ['nothing', /not a URL/],
  ]) {
    await win.answer(text, { confirm: false });
    await until(async () => problem.test(await win.inputMessage()), `message for ${text}`);
  }
  await shot('url-box');
  await win.page.keyboard.press('Escape');
});

test('a URL becomes an open transcript with the expected words', async (t) => {
  await earshot.ingestUrl(media.url('sample.opus'));
  await win.toast(/Earshot: .*(Decode|Find|Recognise|Embed|Tell|Download|Preparing)/);
  const text = await earshot.openedTranscript();
  const rate = wordErrorRate(sampleWords(), spokenWords(text));
  t.diagnostic(`word error rate ${(rate * 100).toFixed(1)} %`);
  assert.ok(rate <= MAX_WORD_ERROR_RATE, `word error rate ${rate}\n${text}`);
  assert.match(text, /^\*\*Speaker 2\*\* \[0:\d\d\]$/m);
  assert.ok(existsSync(path.join(home, 'library.sqlite')), 'the library is where the setting says');
  await earshot.libraryShows(/sample.*0:4[45].*2 speakers.*% voices/);
  await win.clearToasts();
  win.assertClean();
});

test('the transcript has an outline, folding, time links, hover and switchable problems', async () => {
  const found = await win.api(async (vscode) => {
    const { uri } = vscode.window.activeTextEditor.document;
    const ask = (name) => vscode.commands.executeCommand(`vscode.execute${name}Provider`, uri);
    const [symbols, folds, links] = [
      await ask('DocumentSymbol'),
      await ask('FoldingRange'),
      await ask('Link'),
    ];
    return {
      symbols: symbols.map(({ name }) => name),
      folds: folds.length,
      links: links.map(({ target }) => String(target)),
    };
  });
  assert.ok(found.symbols.includes('Speaker 1') && found.symbols.includes('Speaker 2'));
  assert.ok(found.folds >= 2, `${found.folds} folds`);
  assert.ok(found.links.filter((link) => /sample\.opus#t(=|%3D)\d+$/.test(link)).length >= 2);
  assert.match(await win.hover('fairest'), /Confidence: \d+ %[^]*Voice embedding: (own|widened)/);
  await win.page.mouse.move(200, 600);

  await win.setting('earshot.lowConfidenceThreshold', 1);
  await until(async () => (await win.diagnostics()).length > 0, 'problems');
  assert.ok(
    (await win.diagnostics()).every(
      ({ severity, source }) => severity === 2 && source === 'Earshot',
    ),
  );
  await win.setting('earshot.lowConfidenceProblems', false);
  await until(async () => (await win.diagnostics()).length === 0, 'no problems');
  await win.setting('earshot.lowConfidenceProblems', undefined);
  await win.setting('earshot.lowConfidenceThreshold', undefined);
});

test('it reads well in every theme', async () => {
  for (const theme of Object.keys(THEMES)) {
    await win.theme(theme);
    await shot(`transcript-${theme}`);
  }
  await win.theme('dark');
});

test('search finds by words and by meaning, and opens at the sentence', async () => {
  await win.api((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  await earshot.run('Search Transcripts…');
  await win.answer('creatures', { confirm: false });
  const rows = win.quick.locator('.monaco-list-row');
  await rows.filter({ hasText: '[creatures]' }).first().waitFor();
  await win.answer('an unfriendly person', { confirm: false });
  await rows.filter({ hasText: 'similar meaning' }).first().waitFor();
  await shot('search');
  await win.answer('creatures', { confirm: false });
  await rows.filter({ hasText: '[creatures]' }).first().waitFor();
  await win.page.keyboard.press('Enter');
  const selected = () =>
    win.api((vscode) => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.getText(editor.selection);
    });
  await until(async () => /creatures/.test((await selected()) ?? ''), 'the sentence is selected');
});

test('the report shows each stage against the targets; the doctor and the models answer', async () => {
  const states = await earshot.stageStates('sample');
  for (const stage of ['decode', 'segment', 'recognise', 'voice', 'diarise', 'embed', 'publish']) {
    assert.equal(states[stage], 'done', `${stage} in ${JSON.stringify(states)}`);
  }
  assert.match(await win.editorText(), /## Targets/);
  await shot('run-report');
  await earshot.run('Run Doctor');
  await until(async () => /# Earshot: Doctor[^]*ffmpeg/i.test(await win.editorText()), 'doctor');
  await shot('doctor');
  await earshot.run('Models and Credits');
  await until(async () => /CC-BY/i.test(await win.editorText()), 'credits');
});

test('one stage is re-run without any earlier one', async () => {
  const before = await earshot.openTranscript('sample');
  const asked = media.requests.length;
  await earshot.run('Re-run Stage…');
  await win.pick('sample');
  await win.pick('Tell speakers apart');
  await shot('rerun-extent');
  await win.pick('This stage and all after it');
  await win.toast(/is ready/, { timeoutMs: 60_000 });
  const states = await earshot.stageStates('sample');
  for (const stage of ['download', 'decode', 'segment', 'recognise', 'voice']) {
    assert.match(states[stage] ?? 'skipped', /^(cached|skipped)$/, JSON.stringify(states));
  }
  assert.equal(states.diarise, 'done', JSON.stringify(states));
  assert.equal(media.requests.length, asked, 'nothing is downloaded again');
  const text = await earshot.openTranscript('sample');
  assert.equal(spokenWords(text).join(' '), spokenWords(before).join(' '));
});

test('a URL that fails says what happened and what to do', async () => {
  await earshot.ingestUrl(media.url('nothing.opus'));
  const toast = await win.toast(/404|not be found|not found|does not exist/i, {
    timeoutMs: 60_000,
  });
  await toast.getByRole('button', { name: 'Show Log' }).waitFor();
  await shot('failed-url');
});

test('a second window shares the library; removing there is seen here', async () => {
  const other = await server.window({ files: { 'other.txt': 'x\n' } });
  try {
    const second = new EarshotWindow(other);
    await second.showLibrary();
    await second.libraryShows(/sample.*2 speakers/);
    await second.run('Remove from Library…');
    await other.row('sample').click();
    await other.dialog.getByRole('button', { name: 'Remove' }).click();
    await earshot.showLibrary();
    const gone = async () =>
      !(await earshot.libraryLines()).some((line) => /2 speakers/.test(line));
    await until(gone, 'the first window sees the removal');
  } finally {
    await other.close();
  }
  win.assertClean({ ignore: EXPECTED });
});

// An ingest that is cancelled, or whose worker dies, goes on where it stopped and leaves nothing behind.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { descendants } from './harness/processes.mjs';
import { startServer } from './harness/server.mjs';
import { until } from './harness/until.mjs';
import { ensureBuilt } from './support/built.mjs';
import { EarshotWindow, allGone } from './support/earshot.mjs';
import { tellFailure } from './support/failure.mjs';
import { writeLongMedia } from './support/longMedia.mjs';
import { ROOT, SCREENSHOTS } from './support/paths.mjs';
import { sampleWords, spokenWords } from './support/words.mjs';

const RECOGNISING = /Earshot: \S+: (Recognise speech|Embed voices)/;
let server, win, earshot;

before(async () => {
  ensureBuilt();
  server = await startServer({ folders: [ROOT] });
  win = await server.window({ files: { 'notes.txt': 'x\n' } });
  earshot = new EarshotWindow(win);
  await earshot.showLibrary();
});
afterEach(async (context) => {
  await tellFailure(context, server, win);
  await win?.clearToasts().catch(() => {});
});
after(() => server?.stop());

const progress = () => win.page.locator('.notification-toast', { hasText: RECOGNISING }).first();

/** Every repetition of the sample is there: the words of the whole, give or take what recognition gets wrong. */
function assertWhole(text, minutes) {
  const words = spokenWords(text).length;
  const expected = Math.ceil((minutes * 60) / 45) * sampleWords().length;
  assert.ok(Math.abs(words / expected - 1) < 0.15, `${words} words of ${expected}`);
}

test('cancelled in mid-run it stops, and resumes without doing again what was done', async (t) => {
  const file = writeLongMedia(path.join(server.dir, 'talk.opus'), 5);
  await earshot.ingestFile(file);
  await progress().waitFor({ timeout: 60_000 });
  await win.screenshot(path.join(SCREENSHOTS, 'progress.png'));
  await progress().getByRole('button', { name: 'Cancel' }).click();
  await earshot.libraryShows(/talk.*cancelled/);
  const working = () =>
    descendants([earshot.workerPid]).filter(({ command }) => /ffmpeg|yt-dlp/.test(command));
  assert.deepEqual(working(), []);
  await win.screenshot(path.join(SCREENSHOTS, 'cancelled.png'));

  await earshot.run('Resume Ingest');
  await win.pick('talk');
  assertWhole(await earshot.openedTranscript(), 5);
  await win.followLink('0:00');
  await win.page.locator('.tab.active', { hasText: 'talk.opus' }).waitFor();
  await win.page.locator('.statusbar', { hasText: 'Listen at 0:00' }).waitFor();

  const states = await earshot.stageStates('talk');
  t.diagnostic(JSON.stringify(states));
  assert.match(states.download, /^(cached|skipped)$/, JSON.stringify(states));
});

test('when the worker is killed the person is told, and Resume gives the transcript', async () => {
  const file = writeLongMedia(path.join(server.dir, 'lecture.opus'), 6);
  await earshot.ingestFile(file);
  await progress().waitFor({ timeout: 60_000 });
  const pids = earshot.killWorker();
  assert.ok(pids.length > 1, 'inference processes ran');
  const toast = await win.toast(/ended unexpectedly while it worked on/);
  await win.screenshot(path.join(SCREENSHOTS, 'worker-killed.png'));
  await allGone(pids);
  await toast.getByRole('button', { name: 'Resume' }).click();
  assertWhole(await earshot.openedTranscript(), 6);
  assert.notEqual(earshot.workerPid, pids[0]);
});

test('closing the window ends the worker and everything it started', async () => {
  const worker = earshot.workerPid;
  const pids = [worker, ...descendants([worker]).map(({ pid }) => pid)];
  await win.close();
  await until(() => !pids.includes(earshot.workerPid), 'the worker is not under the host');
  await allGone(pids);
  win = undefined;
});

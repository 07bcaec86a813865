// Started by vsix.test.mjs without a network: vsixOffline.mjs FILE.vsix. Exits 0 when the file's words came out.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from '../harness/server.mjs';
import { EarshotWindow } from './earshot.mjs';
import { SAMPLE, SCREENSHOTS } from './paths.mjs';
import { sampleWords, spokenWords, wordErrorRate } from './words.mjs';

const server = await startServer({ vsix: process.argv[2] });
let win;
try {
  win = await server.window({ files: { 'notes.txt': 'x\n' } });
  const earshot = new EarshotWindow(win);
  const where = await win.api(
    (vscode) => vscode.extensions.getExtension('earshot.earshot').extensionPath,
  );
  assert.ok(where.startsWith(path.join(server.dir, 'extensions')), where);
  await earshot.run('Try It with a Sample');
  const text = await earshot.openedTranscript();
  const rate = wordErrorRate(sampleWords(), spokenWords(text));
  assert.ok(rate <= 0.15, `word error rate ${rate}\n${text}`);

  const name = `it's "a talk" – ü.opus`;
  copyFileSync(SAMPLE, path.join(server.dir, name));
  await win.clearToasts();
  await win.api(
    (vscode, file) => vscode.commands.executeCommand('earshot.ingestFile', vscode.Uri.file(file)),
    path.join(server.dir, name),
    120_000,
  );
  await earshot.openedTranscript();
  await earshot.showLibrary();
  await earshot.libraryShows(/a talk.*2 speakers/);
  await win.screenshot(path.join(SCREENSHOTS, 'vsix.png'));
  win.assertClean();
  console.log(`word error rate ${(rate * 100).toFixed(1)} %`);
} catch (error) {
  await win?.screenshot(path.join(SCREENSHOTS, 'failed-vsix.png')).catch(() => {});
  console.log(server.logs(/Earshot\.log$/));
  console.log(error);
  process.exitCode = 1;
} finally {
  await server.stop();
}

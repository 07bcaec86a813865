/**
 * The flame chart in a real VS Code: a file is opened with Earshot's editor, then zoomed, panned and scrolled; beside
 * speedscope's page (its own benchmark, `flame`) the same spans and gestures at the same size.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { startServer } from '../e2e/harness/server.mjs';
import { ensureBuilt } from '../e2e/support/built.mjs';
import { Panel } from '../e2e/support/panel.mjs';
import { ROOT } from '../e2e/support/paths.mjs';
import { GESTURES } from './flame/gestures.ts';
import { writeSpeedscopeFile } from './flame/speedscopeFile.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { fixed, megabytes, table } from './support/table.ts';

const USAGE = `node test/bench/flameInEditor.mjs [options]
  --spans N,N     numbers of spans (10000,100000,1000000,10000000)
  --tracks N      tracks they lie on (64)
  --screenshots F a folder for a picture of each chart`;
const OPEN_MS = 600_000;

const { values: options } = parseArgs({
  options: {
    spans: { type: 'string', default: '10000,100000,1000000,10000000' },
    tracks: { type: 'string', default: '64' },
    screenshots: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}

const { outputFiles } = await build({
  entryPoints: [path.join(import.meta.dirname, 'flame/page/pageMeter.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'chrome134',
});
const meter = outputFiles[0].text;

ensureBuilt();
console.log(describeMachine(lookAtMachine()));
const server = await startServer({ folders: [ROOT] });
const win = await server.window();
await win.page.setViewportSize({ width: 1920, height: 1080 });
// As much room as a person would give it.
await win.api((vscode) => vscode.commands.executeCommand('workbench.action.closeSidebar'));
const rows = [];
try {
  for (const spans of options.spans.split(',').map(Number)) rows.push(await measure(spans));
} finally {
  await server.stop();
}
console.log(
  table(
    ['spans', 'file', 'open ms', 'work p50', 'p95', 'longest', 'interval p95', 'page heap'],
    rows,
  ),
);
console.log(
  'Open: from the command to everything in sight being drawn, reading the file included. Work: from the beginning of a\nframe until it is painted, on the clock; milliseconds.',
);

async function measure(spans) {
  const file = path.join(win.folder, `${spans}.speedscope.json`);
  const bytes = await writeSpeedscopeFile(file, { spans, tracks: Number(options.tracks) });
  const begin = performance.now();
  await win.api(
    (vscode, name) =>
      vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(name), 'earshot.profile'),
    file,
    OPEN_MS,
  );
  const panel = await Panel.find(win, { page: 'flame', timeoutMs: OPEN_MS });
  await panel
    .locator('.chart-surface[aria-busy="false"]')
    .waitFor({ state: 'attached', timeout: OPEN_MS });
  const openMs = performance.now() - begin;
  const element = await panel.locator(':root').elementHandle();
  const frame = await element.ownerFrame();
  await frame.evaluate(meter);
  const gestures = await frame.evaluate((all) => globalThis.meterGestures(all), GESTURES);
  if (options.screenshots !== undefined) {
    await win.screenshot(path.join(options.screenshots, `editor-${spans}.png`));
  }
  const heapBytes = await heapOf(frame);
  await win.api((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  rmSync(file);
  const work = gestures.flatMap((each) => each.work);
  const interval = gestures.flatMap((each) => each.interval);
  return [
    String(spans),
    megabytes(bytes),
    fixed(openMs, 0),
    fixed(quantile(work, 0.5), 1),
    fixed(quantile(work, 0.95), 1),
    fixed(Math.max(...work), 1),
    fixed(quantile(interval, 0.95), 1),
    megabytes(heapBytes),
  ];
}

/** Of the page's own isolate, array buffers included; the frames of a webview share it with VS Code's window in one process. */
async function heapOf(frame) {
  const context = win.page.context();
  const session = await context.newCDPSession(frame).catch(() => context.newCDPSession(win.page));
  try {
    await session.send('HeapProfiler.collectGarbage');
    const heap = await session.send('Runtime.getHeapUsage');
    return heap.usedSize + (heap.backingStorageSize ?? 0);
  } finally {
    await session.detach();
  }
}

function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

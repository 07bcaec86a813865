import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { frameTasks, TRACE_CATEGORIES } from './flame/frameTasks.ts';
import { GESTURES, type GestureFrames } from './flame/gestures.ts';
import type { MadePlan } from './flame/madeTracks.ts';
import { writeSpeedscopeFile } from './flame/speedscopeFile.ts';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { benchFile } from './support/places.ts';
import { fixed, megabytes, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/flame.ts [options]
The engine of the flame chart in a browser at 1920 × 1080: opening, frames while it is zoomed, panned and scrolled, memory;
beside speedscope's page with the same spans in the same browser.
  --spans N,N     numbers of spans (10000,100000,1000000,10000000)
  --tracks N      tracks they lie on (64)
  --peer N        the most spans that speedscope is given (1000000); 0: none
  --screenshots F a folder for a picture of each chart
  --json          one JSON line instead of tables`;

const options = readOptions(USAGE, {
  spans: { type: 'string', default: '10000,100000,1000000,10000000' },
  tracks: { type: 'string', default: '64' },
  peer: { type: 'string', default: '1000000' },
  screenshots: { type: 'string' },
  json: { type: 'boolean', default: false },
});
const SIZE = { width: 1920, height: 1080 };
const PEER_MINUTES = 5;
const CHROMIUM = process.env['E2E_CHROMIUM'] ?? '/usr/bin/chromium';
const tracks = positive('tracks', options.tracks);
const peerMost = Number(options.peer);

/** What a page came to; null where it failed. */
interface Measured {
  readonly openMs: number;
  readonly gestures: readonly GestureFrames[];
  /** Processor milliseconds of each frame; see `frameTasks`. */
  readonly cpu: readonly number[];
  readonly heapBytes: number;
  readonly held: number | null;
  readonly ingestMs: number | null;
}

interface Row {
  readonly spans: number;
  readonly ours: Measured;
  readonly peer: Measured | { readonly failed: string } | null;
  readonly peerFileBytes: number | null;
}

const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(false);
const pages = await bundlePages();
await using server = await serve();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
const rows: Row[] = [];
try {
  for (const spans of options.spans.split(',').map((text) => positive('spans', text))) {
    console.error(`${spans} spans …`);
    rows.push(await measureSize({ spans, tracks }));
  }
} finally {
  await browser.close();
}
if (options.json) console.log(JSON.stringify({ machine, browser: browser.version(), rows }));
else print();

async function measureSize(plan: MadePlan): Promise<Row> {
  const ours = await measureOurs(browser, plan);
  if (plan.spans > peerMost) return { spans: plan.spans, ours, peer: null, peerFileBytes: null };
  const file = join(folder.path, `${plan.spans}.speedscope.json`);
  const peerFileBytes = await writeSpeedscopeFile(file, plan);
  const peer = await measurePeer(browser, file).catch((error: unknown) => ({
    failed: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
  }));
  return { spans: plan.spans, ours, peer, peerFileBytes };
}

async function measureOurs(on: Browser, plan: MadePlan): Promise<Measured> {
  const page = await newPage(on);
  await page.goto(`${server.base}/chart.html`);
  const opened = await page.evaluate(
    (of) => (globalThis as unknown as PageApi).openChart(of),
    plan,
  );
  const measured = await measureFrames(page, `ours-${plan.spans}`);
  await page.close();
  return {
    ...measured,
    openMs: opened.ingestMs + opened.firstFrameMs,
    ingestMs: opened.ingestMs,
    held: opened.held,
  };
}

async function measurePeer(on: Browser, file: string): Promise<Measured> {
  const page = await newPage(on);
  try {
    const begin = performance.now();
    const url = encodeURIComponent(`${server.base}/file${file}`);
    await page.goto(`${server.base}/speedscope/index.html#profileURL=${url}`);
    await page.waitForFunction('/ - speedscope$/.test(document.title)', null, {
      timeout: PEER_MINUTES * 60_000,
      polling: 'raf',
    });
    const openMs = performance.now() - begin;
    const measured = await measureFrames(page, `speedscope-${file.split('/').at(-1) ?? ''}`);
    return { ...measured, openMs, ingestMs: null, held: null };
  } finally {
    await page.close();
  }
}

/** What the scripts of `flame/page` add to a page. */
interface PageApi {
  openChart(plan: MadePlan): Promise<{ held: number; ingestMs: number; firstFrameMs: number }>;
  meterGestures(gestures: typeof GESTURES): Promise<GestureFrames[]>;
}

async function newPage(on: Browser): Promise<Page> {
  const page = await on.newPage({ viewport: SIZE });
  await page.addInitScript({ content: pages.meter });
  return page;
}

async function measureFrames(page: Page, name: string) {
  await browser.startTracing(page, { categories: [...TRACE_CATEGORIES] });
  const gestures = await page.evaluate(
    (all) => (globalThis as unknown as PageApi).meterGestures(all),
    GESTURES,
  );
  const cpu = frameTasks((await browser.stopTracing()).toString());
  if (options.screenshots !== undefined) {
    await page.screenshot({ path: join(options.screenshots, `${name}.png`) });
  }
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  // What array buffers hold is told beside the heap, and is missing from the declared answer.
  const heap = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return { gestures, cpu, heapBytes: heap.usedSize + (heap.backingStorageSize ?? 0) };
}

async function bundlePages(): Promise<{ chart: string; meter: string }> {
  const bundle = async (name: string): Promise<string> => {
    const { outputFiles } = await build({
      entryPoints: [benchFile(`flame/page/${name}.ts`)],
      ...{ bundle: true, minify: true, write: false },
      ...{ format: 'iife', target: 'chrome134', platform: 'browser' },
    });
    return outputFiles[0]?.text ?? '';
  };
  return { chart: await bundle('chartPage'), meter: await bundle('pageMeter') };
}

/** Serves the chart's page, speedscope's page, and the files made for it, to this machine alone. */
async function serve() {
  const require = createRequire(import.meta.url);
  const speedscope = join(dirname(require.resolve('speedscope/package.json')), 'dist/release');
  const html =
    '<!doctype html><body class="vscode-dark" style="margin:0">' +
    '<canvas id="main" style="position:absolute"></canvas>' +
    '<canvas id="overlay" style="position:absolute;pointer-events:none"></canvas>' +
    `<script>${pages.chart}</script>`;
  const http: Server = createServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url.split('?')[0] ?? '');
    if (path === '/chart.html') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
      return;
    }
    const file = path.startsWith('/file')
      ? path.slice('/file'.length)
      : join(speedscope, path.replace(/^\/speedscope/u, ''));
    const isOurs = file.startsWith(folder.path) || file.startsWith(speedscope);
    if (!isOurs || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function print(): void {
  console.log(`${hardware}\nChromium ${browser.version()}, 1920 × 1080, ${tracks} tracks\n`);
  console.log(
    'Work: from the beginning of a frame until it is painted, on the clock; CPU: processor time of the page in it. Both in\n' +
      'milliseconds. Our opening is the page’s part: columns into the store, and the first frame. That of speedscope begins\n' +
      'with loading its page and reads JSON; it shows one track at a time, and draws by WebGL, for which a machine without a\n' +
      'graphics processor lets it wait.\n',
  );
  const cells = (measured: Measured): string[] => {
    const work = measured.gestures.flatMap((each) => each.work);
    const interval = measured.gestures.flatMap((each) => each.interval);
    return [
      fixed(measured.openMs, 0),
      fixed(quantile(work, 0.5), 1),
      fixed(quantile(work, 0.95), 1),
      fixed(Math.max(...work), 1),
      fixed(quantile(interval, 0.95), 1),
      fixed(quantile(measured.cpu, 0.5), 1),
      fixed(quantile(measured.cpu, 0.95), 1),
      megabytes(measured.heapBytes),
    ];
  };
  const lines: string[][] = [];
  for (const { spans, ours, peer, peerFileBytes } of rows) {
    lines.push([`${spans}, Earshot (holds ${ours.held ?? 0})`, ...cells(ours)]);
    if (peer === null) continue;
    const title = `${spans}, speedscope (${megabytes(peerFileBytes)})`;
    if ('failed' in peer) lines.push([title, peer.failed]);
    else {
      lines.push([title, ...cells(peer)]);
      lines.push([`${spans}, speedscope ÷ Earshot`, ...ratios(peer, ours)]);
    }
  }
  const head = [
    'spans',
    'open ms',
    'work p50',
    'p95',
    'longest',
    'interval p95',
    'CPU p50',
    'CPU p95',
    'heap',
  ];
  console.log(table(head, lines));
  console.log('\nWork p95 of each gesture, ms:');
  const perGesture = rows.flatMap(({ spans, ours, peer }) =>
    [['Earshot', ours] as const, ['speedscope', peer] as const].flatMap(([name, of]) =>
      of === null || 'failed' in of
        ? []
        : [[`${spans}, ${name}`, ...of.gestures.map(({ work }) => fixed(quantile(work, 0.95), 1))]],
    ),
  );
  console.log(table(['spans', ...GESTURES.map(({ name }) => name)], perGesture));
}

function ratios(peer: Measured, ours: Measured): string[] {
  const share = (of: (measured: Measured) => number): string => fixed(of(peer) / of(ours), 1);
  const work = (at: number) => (measured: Measured) =>
    quantile(
      measured.gestures.flatMap((each) => each.work),
      at,
    );
  const interval = (measured: Measured): number =>
    quantile(
      measured.gestures.flatMap((each) => each.interval),
      0.95,
    );
  return [
    share(({ openMs }) => openMs),
    share(work(0.5)),
    share(work(0.95)),
    share(work(1)),
    share(interval),
    share(({ cpu }) => quantile(cpu, 0.5)),
    share(({ cpu }) => quantile(cpu, 0.95)),
    share(({ heapBytes }) => heapBytes),
  ];
}

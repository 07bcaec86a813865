import { chmodSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { RunBuilder } from '../../../src/profiler/model/runBuilder.ts';
import type { Run } from '../../../src/profiler/model/run.ts';
import type { ChartSource } from '../../../src/protocol/chart.ts';
import { OpenDiff } from '../../../src/protocol/runMessages.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import {
  type PanelPage,
  openPanelPage,
  startBrowser,
} from '../../helpers/panelPage/openPanelPage.ts';
import { THEMES } from '../../helpers/panelPage/themes.ts';
import { type Folder, temporaryFolder } from '../helpers/places.ts';
import { ingest } from '../helpers/realCli.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SAMPLE = join(ROOT, 'media/sample/sample.opus');
/** Much longer than what any other stage of the sample varies by. */
const SLOWER_BY_SECONDS = 12;

let folder: Folder;
let home: string;
let browser: Browser;

beforeAll(async () => {
  folder = temporaryFolder();
  home = join(folder.path, 'home');
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  folder[Symbol.dispose]();
});

const runSource = (id: string): ChartSource => ({ kind: 'run', id });

async function open(a: ChartSource, b: ChartSource): Promise<PanelPage> {
  const content = { panel: 'diff', a, b } as const;
  const panel = await openPanelPage({ home, browser, workspace: ROOT, content });
  panel.page.setDefaultTimeout(10_000);
  return panel;
}

/** What went wrong in the page, by itself or with the extension. */
function faults({ errors, extension }: PanelPage): string[] {
  return [...errors, ...extension.problems, ...extension.told];
}

/** The bars of the waterfall, the total of A first. */
function barsOf(page: Page): Locator {
  return page.getByRole('listbox', { name: 'What explains the difference' }).getByRole('option');
}

/** A run of spans one behind the other, stored in the library. */
function stored(id: string, spans: readonly (readonly [string, number])[], loads = 1): ChartSource {
  const builder = new RunBuilder({
    ...{ id, name: id, kind: 'ingest', epochNs: 1_790_000_000_000_000_000n },
    provenance: { client: 'test', version: '1', format: 'recorder' },
  });
  const track = builder.track('main', 'thread');
  let startNs = 0;
  for (const [name, durationNs] of spans) {
    builder.addSpan({ name, startNs, durationNs, track, parent: null });
    startNs += durationNs;
  }
  builder.addWork('voice', { unit: 'segments', itemsIn: 9, itemsOut: 9, loads: { audio: loads } });
  put(builder.finish({ status: 'done' }));
  return runSource(id);
}

function put(run: Run): void {
  const library = openLibraryAt(homeLayout(home).library);
  library.profiles.put(run);
  library.close();
}

/** An ffmpeg that decodes as the real one does, only later. */
function slowFfmpeg(): string {
  const require = createRequire(import.meta.url);
  const { path } = require('@ffmpeg-installer/ffmpeg') as { path: string };
  const file = join(folder.path, 'ffmpeg');
  // It ends late, when no other work goes on beside it.
  const script = `#!/bin/sh
'${path}' "$@"
code=$?
case "$*" in
  *s16le*) sleep ${SLOWER_BY_SECONDS} ;;
esac
exit $code
`;
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

describe('two ingests, one with a slow stage', () => {
  const ids: string[] = [];

  beforeAll(async () => {
    for (const env of [{}, { EARSHOT_FFMPEG: slowFfmpeg() }]) {
      const { events } = await ingest([SAMPLE, '--force'], { home, env });
      const started = events.find(({ type }) => type === 'started');
      if (started?.type !== 'started') throw new Error('The ingest has not started.');
      ids.push(started.runId);
    }
  });
  const sources = () => ids.map(runSource) as [ChartSource, ChartSource];

  it('names the stage, and explains the difference by it', async () => {
    const [a, b] = sources();
    await using panel = await open(a, b);
    const diff = await panel.extension.request(OpenDiff, { operation: 'test', a, b });
    const difference = diff.totalB - diff.totalA;
    expect(diff.steps.reduce((sum, { delta }) => sum + delta, 0)).toBe(difference);
    const [first] = diff.steps;
    expect(first?.stage).toBe('decode');
    const decode = diff.steps.filter(({ stage }) => stage === 'decode');
    const slower = decode.reduce((sum, { delta }) => sum + delta, 0);
    const share = slower / difference;
    // All but what the machine itself did differently: 97.6 % where nothing else was at work.
    expect(share).toBeGreaterThanOrEqual(0.8);
    expect(diff.onlyInA + diff.onlyInB).toBe(0);

    const { page } = panel;
    const bars = barsOf(page);
    await bars.nth(1).waitFor();
    expect(await bars.nth(1).textContent()).toMatch(
      /^decode▲ \+[\d.]+ s.* %: slower of the difference/u,
    );
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toContain('B is slower: +');

    // By keyboard: the step's spans are chosen in the chart.
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'stage:decode' }).waitFor();
    const pair = page.getByRole('region', { name: 'The chosen pair' });
    expect(await pair.getByRole('row', { name: /^Line/u }).textContent()).toMatch(/\.ts:\d+/u);
    await pair.getByRole('button', { name: 'Open Line of B' }).click();
    await expect.poll(() => panel.extension.opened.at(-1)?.path).toMatch(/\.ts:\d+$/u);
    expect(faults(panel)).toEqual([]);
  });

  it('has no violation that axe-core finds, in any theme and layout', async () => {
    const [a, b] = sources();
    await using panel = await open(a, b);
    await barsOf(panel.page).nth(1).click();
    await panel.page.getByRole('heading', { name: 'stage:decode' }).waitFor();
    for (const theme of THEMES) {
      await panel.theme(theme);
      expect(await panel.axe(), theme).toEqual([]);
    }
    for (const tab of ['Changed', 'Only in one', 'Counted differently', 'Waterfall']) {
      await panel.page.getByRole('tab', { name: tab }).click();
      expect(await panel.axe(), tab).toEqual([]);
    }
    await panel.page.keyboard.press('?');
    await panel.page.getByRole('dialog').waitFor();
    expect(await panel.axe()).toEqual([]);
    expect(faults(panel)).toEqual([]);
  });

  it('keeps what is chosen over a reload, and opens again after its worker died', async () => {
    const [a, b] = sources();
    await using panel = await open(a, b);
    const { page } = panel;
    await barsOf(page).nth(1).click();
    await page.getByRole('heading', { name: 'stage:decode' }).waitFor();
    await page.getByRole('combobox', { name: 'Layout' }).selectOption('split');
    await page.getByRole('button', { name: 'Align Here' }).click();
    await page.getByRole('button', { name: 'Align by Start' }).waitFor();
    await expect.poll(() => panel.state()).toMatchObject({ layout: 'split' });
    await page.reload();
    await page.getByRole('heading', { name: 'stage:decode' }).waitFor();
    expect(await page.getByRole('application').count()).toBe(2);
    await page.getByRole('button', { name: 'Align by Start' }).waitFor();

    panel.extension.killWorker();
    await page.getByRole('heading', { name: 'stage:decode' }).waitFor();
    await barsOf(page).nth(1).waitFor();
    expect(panel.extension.told).toEqual([]);
  });
});

describe('any two runs', () => {
  it('swaps its sides, chooses others, and gives itself away as Markdown and as pictures', async () => {
    const fast = stored('fast', [
      ['load', 1e9],
      ['old', 1e8],
    ]);
    const slow = stored(
      'slow',
      [
        ['load', 4e9],
        ['new', 2e8],
      ],
      43,
    );
    const third = stored('third', [['load', 2e9]]);
    await using panel = await open(fast, slow);
    const { page, extension } = panel;
    const headline = page.getByRole('heading', { level: 2 });
    await headline.filter({ hasText: 'B is slower: +3.10 s' }).waitFor();

    await page.getByRole('tab', { name: /Counted differently/u }).click();
    const counted = page.getByRole('grid', { name: 'Exact figures that differ' });
    expect(await counted.getByRole('row').nth(1).textContent()).toContain(
      'Loads of audiovoice143× 43',
    );
    await page.getByRole('tab', { name: /Only in one/u }).click();
    const lone = page.getByRole('grid', { name: 'Spans that one of the runs alone has' });
    expect(await lone.getByRole('row').nth(1).textContent()).toContain('Bnew');
    await lone.getByRole('row').nth(1).click();
    await page.getByRole('region', { name: 'The chosen pair' }).getByText('only in B').waitFor();

    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect.poll(() => extension.copied.at(-1)).toContain('| Loads of audio | voice |');
    for (const format of ['PNG', 'SVG']) {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: `Save Picture as ${format}…` }).click();
    }
    await expect.poll(() => extension.saved.length).toBe(2);
    const [png, svg] = await Promise.all(extension.saved.map((path) => readFile(path)));
    expect(png?.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(svg?.toString('utf8')).toContain('<svg');

    await page.getByRole('button', { name: 'Swap A and B' }).click();
    await headline.filter({ hasText: 'B is faster: -3.10 s' }).waitFor();
    extension.chooses = third;
    await page.getByRole('button', { name: /^B ?fast/u }).click();
    await headline.filter({ hasText: 'B is faster: -2.20 s' }).waitFor();
    await expect
      .poll(() => extension.shows.at(-1)?.content)
      .toEqual({ panel: 'diff', a: slow, b: third });
    expect(faults(panel)).toEqual([]);
  });

  it('says so where there is nothing to compare', async () => {
    const one = stored('one', [['load', 1e9]]);
    const copy = stored('copy', [['load', 1e9]]);
    const empty = stored('empty', []);
    {
      await using panel = await open(one, copy);
      await panel.page.getByText('No difference').waitFor();
      await panel.page.getByRole('paragraph').getByText('No step changed.').waitFor();
      expect(await panel.axe()).toEqual([]);
    }
    {
      await using panel = await open(one, one);
      await panel.page.getByRole('heading', { name: 'A and B are the same run' }).waitFor();
      panel.extension.chooses = copy;
      await panel.page.getByRole('button', { name: 'Choose Another B' }).click();
      await panel.page.getByText('No difference').waitFor();
    }
    await using panel = await open(one, empty);
    await panel.page.getByRole('heading', { name: 'B has no spans' }).waitFor();
  });

  it('compares stacks without times by what they weigh, and refuses what has no common unit', async () => {
    const file = (name: string, text: string): ChartSource => {
      const path = join(folder.path, name);
      writeFileSync(path, text);
      return { kind: 'file', path };
    };
    const a = file('a.folded', 'main;read 10\nmain;parse;scan 30\nmain;old 5\n');
    const b = file('b.folded', 'main;read 10\nmain;parse;scan 50\nmain;new 1\n');
    {
      await using panel = await open(a, b);
      const { page } = panel;
      await page.getByRole('heading', { level: 2 }).filter({ hasText: 'B is more: +16' }).waitFor();
      const bars = barsOf(page);
      expect(await bars.nth(1).textContent()).toMatch(/^scan▲ \+20 samples/u);
      await bars.nth(1).click();
      await page.getByRole('heading', { name: 'scan' }).waitFor();
      expect(faults(panel)).toEqual([]);
    }
    await using panel = await open(stored('timed', [['main', 1e9]]), b);
    const alert = panel.page.getByRole('alert');
    await alert.getByText('cannot be compared').waitFor();
    await alert.getByText('Choose two runs of one kind.').waitFor();
    expect(await panel.axe()).toEqual([]);
    panel.extension.chooses = a;
    await panel.page.getByRole('button', { name: 'Choose Another A' }).click();
    await barsOf(panel.page).nth(1).waitFor();
  });

  it('shows hostile names as text', async () => {
    const evil = [
      '<img src=x onerror="globalThis.owned=1">',
      '"><script>globalThis.owned=1</script>',
      '\u202egnp.exe\u0000\n\t${globalThis.owned=1}',
      'x'.repeat(20_000),
      '`|]](javascript:globalThis.owned=1)',
    ];
    const a = stored(
      `${evil[0]!} before`,
      evil.map((name, i) => [name, (i + 1) * 1e8]),
    );
    const b = stored(
      `${evil[1]!} after`,
      [...evil, `${evil[0]!} new`].map((name, i) => [name, (i + 2) * 1e8]),
    );
    await using panel = await open(a, b);
    const { page } = panel;
    await barsOf(page).nth(1).click();
    await page.getByRole('region', { name: 'The chosen pair' }).getByRole('table').waitFor();
    for (const tab of ['Changed', 'Only in one', 'Waterfall']) {
      await page.getByRole('tab', { name: tab }).click();
    }
    const chart = await page.getByRole('application').boundingBox();
    for (let x = 20; x < chart!.width; x += 80) await page.mouse.move(x, chart!.y + 95);
    expect(await page.evaluate('globalThis.owned')).toBeUndefined();
    expect(await page.evaluate('document.querySelectorAll("img, main script").length')).toBe(0);
    const wide = 'document.documentElement.scrollWidth > innerWidth';
    expect(await page.evaluate(wide)).toBe(false);
    expect(await panel.axe()).toEqual([]);
    expect(faults(panel)).toEqual([]);
  });
});

import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListRuns } from '../../../src/protocol/runMessages.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import { type IngestPlan, putIngests, putTranscript } from '../../helpers/dashboardRuns.ts';
import {
  openPanelPage,
  type PanelPage,
  type PanelPageOptions,
  startBrowser,
} from '../../helpers/panelPage/openPanelPage.ts';
import { THEMES } from '../../helpers/panelPage/themes.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

const HOSTILE =
  '<img src=x onerror="document.title=1"><script>document.title=1</script>\u202egnp\u0000 ' +
  'ä'.repeat(10_000);
const RUNS = 12;
const SLIDER = '[role=slider]';

let browser: Browser;
let home: ReturnType<typeof temporaryHome>;

/** Eleven good runs and a twelfth with the three faults. */
function story(): IngestPlan[] {
  return Array.from({ length: RUNS }, (_, i) => {
    const bad = i === RUNS - 1;
    const wavering = 1 + (i % 3) * 0.01;
    return {
      id: `run-${i}`,
      name: 'A talk',
      audioSeconds: 6870,
      stages: { decode: 20 * wavering, voice: bad ? 300 : 25, embed: bad ? 272 : 5 },
      texts: 1000,
      voices: bad ? { own: 508, none: 986 } : { own: 1450, widened: 44 },
      loads: bad ? 41 : 1,
    };
  });
}

beforeAll(async () => {
  browser = await startBrowser();
  home = temporaryHome();
  const library = openLibraryAt(join(home.path, 'library.sqlite'));
  putIngests(library, 'hostile', [
    { id: 'h0', name: HOSTILE, stages: { [HOSTILE]: 3, embed: 1 } },
    { id: 'h1', name: HOSTILE, stages: { [HOSTILE]: 4, embed: 1 }, voices: { own: 1, none: 2 } },
    { id: 'h2', name: HOSTILE, stages: { embed: 1 }, status: 'failed' },
  ]);
  putTranscript(library, 'hostile', 'h1', ['own', 'none', 'none'], () => HOSTILE);
  putIngests(library, 'v', story());
  putTranscript(library, 'v', `run-${RUNS - 1}`, ['own', 'none', 'none', 'own']);
  library.close();
});

afterAll(async () => {
  await browser.close();
  home[Symbol.dispose]();
});

/** The dashboard with the details of a run on it. */
async function open(
  series: string | null,
  options: Partial<PanelPageOptions> = {},
): Promise<PanelPage> {
  const content = { panel: 'dashboard', series } as const;
  const panel = await openPanelPage({ browser, home: home.path, content, ...options });
  await panel.page.waitForSelector('aside .details');
  return panel;
}

function expectQuiet(panel: PanelPage): void {
  expect(panel.errors).toEqual([]);
  expect(panel.extension.problems).toEqual([]);
}

describe('the dashboard', () => {
  it('makes the three faults of the newest run plain', async () => {
    await using panel = await open(null);
    const { page } = panel;
    const text = await page.textContent('body');
    expect(text).toContain('Text embedding throughput');
    expect(text).toMatch(/3\.68 texts\/s\s+missed, target ≥ 200 texts\/s/u);
    expect(text).toMatch(/34\.00 %\s+missed, target ≥ 95\.00 %/u);
    expect(text).toMatch(/41 loads\s+missed, target ≤ 1 loads/u);
    expect(await page.textContent('aside .verdict')).toContain('loads:audio:talk 1 → 41');
    expect(await page.textContent('aside')).toContain('is loaded 41 times');
    expect(await page.textContent('.notes')).toContain('The whole run went from');
    expect(panel.extension.shows.at(-1)).toEqual({
      title: 'Dashboard: A talk',
      content: { panel: 'dashboard', series: 'A talk' },
    });
    expectQuiet(panel);
  });

  it.each(THEMES)('has nothing for axe-core to find in %s', async (theme) => {
    await using panel = await open('A talk', { theme });
    const { page } = panel;
    expect(await panel.axe()).toEqual([]);
    for (const table of await page.$$('button:has-text("Table")')) await table.click();
    await page.click('.bucket >> nth=0');
    await page.waitForSelector('.items');
    expect(await panel.axe()).toEqual([]);
    expectQuiet(panel);
  });

  it('is used by the keyboard alone, and keeps the focus when the theme changes', async () => {
    await using panel = await open('A talk');
    const { page } = panel;
    await page.focus(SLIDER);
    expect(await page.getAttribute(SLIDER, 'aria-valuetext')).toMatch(/^Run 12 of 12 .*worse$/u);
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector('aside .verdict:has-text("same")');
    await page.keyboard.press('Home');
    expect(await page.getAttribute(SLIDER, 'aria-valuenow')).toBe('1');
    await page.waitForSelector('aside:has-text("nothing to hold it against")');
    await panel.theme('hc-light');
    await page.waitForFunction('document.activeElement?.getAttribute("role") === "slider"');
    await page.keyboard.press('End');
    await page.waitForSelector('aside .verdict:has-text("worse")');
    await page.focus('.legend-item >> nth=0');
    await page.keyboard.press('Enter');
    expect(await page.getAttribute('.legend-item >> nth=0', 'aria-pressed')).toBe('false');
    expect(await page.evaluate('document.activeElement.className')).toBe('legend-item');
    expectQuiet(panel);
  });

  it('leads from a ledger to the transcript, from a finding to its line and to the chart', async () => {
    await using panel = await open('A talk');
    const { page, extension } = panel;
    await page.focus('.bucket.kind-lost');
    await page.keyboard.press('Enter');
    await page.click('.items button >> nth=1');
    await expect.poll(() => extension.openedSegments).toEqual([{ videoId: 'v', segment: 2 }]);
    expect(await page.textContent('.bucket-content')).toContain('No speaker was found for it.');
    await page.click('aside vscode-button:has-text("Show in chart") >> nth=0');
    const id = `run-${RUNS - 1}`;
    await expect
      .poll(() => extension.openedPanels)
      .toEqual([{ panel: 'flame', source: { kind: 'run', id }, span: null, view: null }]);
    expectQuiet(panel);
  });

  it('shows every chart as a table whose rows choose the run', async () => {
    await using panel = await open('A talk');
    const { page } = panel;
    await page.click('button[aria-label^="Stage timings"]');
    const rows = await page.$$('.charts .data-table tbody tr');
    expect(rows).toHaveLength(RUNS);
    await page.click('.charts .data-table tbody button >> nth=0');
    await page.waitForSelector('aside:has-text("nothing to hold it against")');
    expectQuiet(panel);
  });

  it('accepts a run, and takes that back', async () => {
    await using panel = await open('A talk');
    const { page, extension } = panel;
    const isAccepted = async (): Promise<boolean> => {
      const { runs } = await extension.request(ListRuns, { series: 'A talk', limit: 1 });
      return runs[0]?.accepted === true;
    };
    await page.click('vscode-button:has-text("Accept as baseline")');
    await page.waitForSelector('aside .accepted');
    expect(await isAccepted()).toBe(true);
    await page.click('.toast vscode-button:has-text("Undo")');
    await page.waitForSelector('aside vscode-button:has-text("Accept as baseline")');
    expect(await isAccepted()).toBe(false);
    expectQuiet(panel);
  });

  it('follows a live ingest, and shows its run when it is stored', async () => {
    await using panel = await open('A talk');
    const { page, extension } = panel;
    const title = 'Another talk';
    extension.tellIngestEvent({ type: 'started', id: 'w', runId: 'w0', source: '/w', title });
    extension.tellIngestEvent({
      ...{ type: 'progress', id: 'w', stage: 'recognise', fraction: 0.25, etaSeconds: 30 },
      ...{ speed: '42× real time', overallFraction: 0.5, overallEtaSeconds: 60 },
    });
    await page.waitForSelector('.live:has-text("42× real time")');
    expect(await page.textContent('.live')).toContain('50 % · 1 min 00 s left');
    expect(await panel.axe()).toEqual([]);
    const library = openLibraryAt(join(home.path, 'library.sqlite'));
    putIngests(library, 'w', [{ id: 'w0', name: title, stages: { decode: 3 } }]);
    library.close();
    extension.tellIngestEvent({ type: 'cancelled', id: 'w', source: '/w' });
    await page.waitForSelector('.live:has-text("What was finished is kept")');
    // The worker sees what any process stored.
    await page.waitForSelector('#series option:has-text("Another talk")', { state: 'attached' });
    expectQuiet(panel);
  });

  it('shows hostile names as text, and none of them breaks out', async () => {
    await using panel = await open(HOSTILE, { width: 320 });
    const { page } = panel;
    await page.click('.bucket.kind-kept');
    await page.waitForSelector('aside h2');
    for (const table of await page.$$('button:has-text("Table")')) await table.click();
    expect(await page.title()).toBe('Earshot');
    expect(await page.$('img, #panel script')).toBeNull();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await panel.axe()).toEqual([]);
    expectQuiet(panel);
  });

  it.each([320, 700, 2000])('fits a width of %d pixels', async (width) => {
    await using panel = await open('A talk', { width });
    const { page } = panel;
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expectQuiet(panel);
  });

  it('comes back as it was left', async () => {
    await using panel = await open('A talk');
    const { page } = panel;
    await page.click('.legend-item >> nth=1');
    await page.click('button:has-text("Stacked")');
    await page.focus(SLIDER);
    await page.keyboard.press('Home');
    await page.waitForSelector('aside:has-text("nothing to hold it against")');
    await page.reload();
    await page.waitForSelector('aside:has-text("nothing to hold it against")');
    expect(await page.getAttribute(SLIDER, 'aria-valuenow')).toBe('1');
    expect(await page.getAttribute('.legend-item >> nth=1', 'aria-pressed')).toBe('false');
    expect(await page.getAttribute('button:has-text("Stacked")', 'aria-pressed')).toBe('false');
    expectQuiet(panel);
  });

  it('asks again when the worker was started anew', async () => {
    await using panel = await open('A talk');
    panel.extension.killWorker();
    await panel.page.click('button[aria-label^="Voice coverage"]');
    await panel.page.focus(SLIDER);
    await panel.page.keyboard.press('Home');
    await panel.page.waitForSelector('aside .details:has-text("Voice embeddings")');
    expect(panel.errors).toEqual([]);
  });

  it('says what to do where there are no runs', async () => {
    using empty = temporaryHome();
    const content = { panel: 'dashboard', series: null } as const;
    await using panel = await openPanelPage({ browser, home: empty.path, content });
    await panel.page.waitForSelector('.state-message:has-text("No runs yet")');
    expect(await panel.axe()).toEqual([]);
    expectQuiet(panel);
  });
});

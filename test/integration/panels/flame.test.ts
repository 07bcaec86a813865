import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openPanelPage,
  startBrowser,
  type PanelPage,
  type PanelPageOptions,
} from '../../helpers/panelPage/openPanelPage.ts';
import { THEMES } from '../../helpers/panelPage/themes.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { until } from '../helpers/until.ts';

const CHROME = join(import.meta.dirname, '../../fixtures/profiles/chrome');
const TRACE = join(CHROME, 'viztracer.json');

let browser: Browser;
let home: ReturnType<typeof temporaryHome>;

beforeAll(async () => {
  home = temporaryHome();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  home[Symbol.dispose]();
});

async function openFile(path: string, options: Partial<PanelPageOptions> = {}): Promise<PanelPage> {
  return openPanelPage({
    home: home.path,
    workspace: CHROME,
    browser,
    content: { panel: 'flame', source: { kind: 'file', path }, span: null, view: null },
    ...options,
  });
}

/** Opens a trace and waits until its chart can be used. */
async function openTrace(options: Partial<PanelPageOptions> = {}): Promise<PanelPage> {
  const panel = await openFile(TRACE, options);
  await panel.page.locator('.strip h1', { hasText: 'viztracer' }).waitFor();
  await panel.page.locator('.chart-overlay').focus();
  await untilStatus(panel, /137 spans/);
  return panel;
}

async function untilStatus(panel: PanelPage, text: RegExp): Promise<void> {
  await panel.page.locator('.strip', { hasText: text }).waitFor();
}

async function press(panel: PanelPage, ...keys: string[]): Promise<void> {
  for (const key of keys) await panel.page.keyboard.press(key);
}

const title = (panel: PanelPage) => panel.page.locator('.pane-span .pane-title');

/** Chooses the first span, once the spans have come. */
async function chooseFirst(panel: PanelPage): Promise<void> {
  await until('a span can be chosen', async () => {
    await press(panel, '.');
    return (await title(panel).count()) > 0;
  });
}

function expectClean(panel: PanelPage): void {
  expect(panel.errors).toEqual([]);
  expect(panel.extension.problems).toEqual([]);
}

/** Of what the page keeps, where it is. */
interface KeptView {
  readonly viewports: { readonly time: { readonly from: number; readonly to: number } | null };
}

describe('the page of the flame chart', () => {
  it('is walked from span to span by keys, down to the source line', async () => {
    await using panel = await openTrace();
    await chooseFirst(panel);
    await press(panel, 'ArrowDown', 'ArrowDown');
    await title(panel).filter({ hasText: 'main (program.py:14)' }).waitFor();
    await press(panel, 'Enter');
    await until('the source is open', () => panel.extension.opened.length > 0);
    expect(panel.extension.opened[0]?.path).toBe(`${join(CHROME, 'program.py')}:14`);
    await press(panel, 'y');
    await until('the span is copied', () => panel.extension.copied.length > 0);
    expect(panel.extension.copied[0]).toContain('### `main (program.py:14)`');
    await press(panel, 'Escape');
    await title(panel).waitFor({ state: 'detached' });
    expectClean(panel);
  });

  it('finds names, and goes from one match to the next and back', async () => {
    await using panel = await openTrace();
    const count = panel.page.locator('.search-count');
    await press(panel, '/');
    await panel.page.keyboard.type('fibonacci');
    await count.filter({ hasText: /^\d+ matches$/u }).waitFor();
    const total = Number.parseInt((await count.textContent()) ?? '', 10);
    await press(panel, 'Enter');
    await count.filter({ hasText: `1 of ${total}` }).waitFor();
    await title(panel).filter({ hasText: 'fibonacci' }).waitFor();
    await panel.page.locator('.chart-overlay').focus();
    await press(panel, 'n');
    await count.filter({ hasText: `2 of ${total}` }).waitFor();
    await press(panel, 'Shift+N', 'Shift+N');
    await count.filter({ hasText: `${total} of ${total}` }).waitFor();
    await press(panel, 'Escape');
    await until('the search is over', async () => (await count.textContent()) === '');
    expectClean(panel);
  });

  it('sums up an area that the mouse selects on the ruler', async () => {
    await using panel = await openTrace();
    const box = await panel.page.locator('.chart-overlay').boundingBox();
    const { mouse } = panel.page;
    await mouse.move(box!.x + 100, box!.y + 56);
    await mouse.down();
    await mouse.move(box!.x + 300, box!.y + 56, { steps: 4 });
    await mouse.up();
    const area = panel.page.locator('.pane-area');
    await area.locator('.table-row').first().waitFor();
    await area.getByRole('button', { name: 'Copy' }).click();
    await until('the area is copied', () => panel.extension.copied.length > 0);
    expect(panel.extension.copied[0]).toMatch(/^### viztracer\.json: .*\n\n\| Name /u);
    await panel.page.locator('.chart-overlay').focus();
    await press(panel, 'Escape');
    await area.getByText('Nothing is selected').waitFor();
    expectClean(panel);
  });

  it('is moved by wheel, pinch, drag and overview', async () => {
    await using panel = await openTrace();
    const { mouse, keyboard } = panel.page;
    const box = (await panel.page.locator('.chart-overlay').boundingBox())!;
    const point = (x: number, y: number) => mouse.move(box.x + x, box.y + y, { steps: 3 });
    const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
      await point(...from);
      await mouse.down();
      await point(...to);
      await mouse.up();
    };
    /** What is visible, as shares of the run; once it has become what is expected. */
    const shows = async (what: string, from: number, to: number): Promise<void> => {
      await until(what, async () => {
        const state = (await panel.state()) as KeptView | null;
        const { time } = state?.viewports ?? { time: null };
        const shares = time === null ? [0, 1] : [time.from / extent, time.to / extent];
        return Math.abs(shares[0]! - from) < 0.01 && Math.abs(shares[1]! - to) < 0.01;
      });
    };
    await drag([box.width * 0.25, 20], [box.width * 0.75, 20]);
    const kept = await until('a part is selected in the overview', async () => {
      return ((await panel.state()) as KeptView | null)?.viewports.time ?? false;
    });
    const extent = (kept.to - kept.from) * 2;
    await shows('the part of the overview', 0.25, 0.75);
    await drag([box.width * 0.5, 20], [box.width * 0.6, 20]);
    await shows('the window moved along', 0.35, 0.85);
    await drag([box.width * 0.85, 20], [box.width * 0.55, 20]);
    await shows('its edge moved', 0.35, 0.55);
    await drag([box.width * 0.5, 110], [box.width * 0.25, 110]);
    await shows('the chart dragged along', 0.4, 0.6);
    await point(box.width * 0.5, 110);
    await mouse.wheel(0, 100);
    await shows('twice as much, by the wheel', 0.3, 0.7);
    panel.extension.changeSettings({ wheel: 'scroll' });
    await keyboard.down('Control');
    await mouse.wheel(0, -100);
    await keyboard.up('Control');
    await shows('half of it, by a pinch', 0.4, 0.6);
    expectClean(panel);
  });

  it('offers the merged stacks, callers and callees, and a table', async () => {
    await using panel = await openTrace();
    const chosen = panel.page.locator('.views [aria-checked=true]');
    await press(panel, '2');
    await chosen.filter({ hasText: 'Left heavy' }).waitFor();
    await press(panel, '3');
    await chosen.filter({ hasText: 'Sandwich' }).waitFor();
    const row = panel.page.locator('.functions .table-row', { hasText: '_thread.lock.acquire' });
    await row.click();
    await until(
      'the name is chosen',
      async () => (await row.getAttribute('aria-selected')) === 'true',
    );
    await panel.page.locator('.chart-overlay').focus();
    await press(panel, '1', 't');
    const table = panel.page.getByRole('grid', { name: 'Visible spans' });
    await table.locator('.table-row').first().waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe('138');
    await press(panel, 'ArrowDown', 'ArrowDown');
    await title(panel).filter({ hasText: '<module>' }).waitFor();
    await press(panel, 'Escape');
    await panel.page.locator('.chart-surface').waitFor();
    expectClean(panel);
  });

  it('comes back as it was when it is loaded anew', async () => {
    await using panel = await openTrace();
    await chooseFirst(panel);
    await press(panel, 'w', 'w', 'l', '[', 'c');
    const kept = await until('the state is kept', async () => {
      const state = (await panel.state()) as Record<string, unknown> | null;
      return state?.['critical'] === true && state;
    });
    await panel.page.reload();
    await title(panel).filter({ hasText: 'builtins.exec' }).waitFor();
    await until('the state is the same', async () => {
      return JSON.stringify(await panel.state()) === JSON.stringify(kept);
    });
    expect(panel.extension.shows.at(-1)).toMatchObject({
      title: 'viztracer.json',
      content: { view: 'time', span: 0 },
    });
    expectClean(panel);
  });

  it('opens its source again when the worker has ended, and stays where it was', async () => {
    await using panel = await openTrace();
    await press(panel, 'w', 'w', 'd');
    const before = await until('the view is kept', async () => {
      const state = (await panel.state()) as { viewports: { time: unknown } } | null;
      return state?.viewports.time;
    });
    panel.extension.killWorker();
    await until('another worker answers', async () => {
      await press(panel, '.');
      return (await title(panel).count()) > 0;
    });
    const after = (await panel.state()) as { viewports: { time: unknown } };
    expect(after.viewports.time).toEqual(before);
    expect(panel.errors).toEqual([]);
  });

  it('saves pictures of the chart', async () => {
    await using panel = await openTrace();
    const save = async (label: string): Promise<Buffer> => {
      const saved = panel.extension.saved.length;
      await panel.page.getByRole('button', { name: 'Export and copy' }).click();
      await panel.page.getByRole('menuitem', { name: label }).click();
      await until(`${label} is saved`, () => panel.extension.saved.length > saved);
      return readFileSync(panel.extension.saved.at(-1)!);
    };
    const png = await save('Save Picture as PNG…');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const svg = (await save('Save Picture as SVG…')).toString();
    expect(svg).toMatch(/^<svg|^<\?xml/u);
    expect(svg).toContain('main (program.py:14)');
    const speedscope = JSON.parse((await save('Save as speedscope…')).toString()) as object;
    expect(speedscope).toHaveProperty('profiles');
    expectClean(panel);
  });

  it('shows hostile names as text', async () => {
    const hostile = `"><img src=x onerror="alert(1)"><script>alert(2)</script>\u202e${'x'.repeat(9000)}`;
    const path = join(home.path, 'hostile.json');
    const event = { ph: 'X', pid: 1, tid: 1, cat: hostile };
    writeFileSync(
      path,
      JSON.stringify({
        traceEvents: [
          { ...event, name: hostile, ts: 0, dur: 900, args: { [hostile]: hostile } },
          { ...event, name: hostile, ts: 10, dur: 80 },
          { ph: 'M', pid: 1, tid: 1, name: 'thread_name', args: { name: hostile } },
          { ph: 'X', name: 'no time', pid: 1, tid: 1, ts: 'soon', dur: 1 },
        ],
      }),
    );
    await using panel = await openFile(path);
    await untilStatus(panel, /2 spans/);
    await panel.page.locator('.chart-overlay').focus();
    await chooseFirst(panel);
    await press(panel, 't', 't', '3', 'm');
    await panel.page.locator('.functions .table-row').first().waitFor();
    expect(await panel.page.locator('img, script[src=""]').count()).toBe(0);
    const width = await panel.page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(1280);
    await panel.page.locator('[data-key=rejected]').click();
    await panel.page.locator('dialog .rejections li').first().waitFor();
    expectClean(panel);
  });

  it('says what is wrong with a file, and tries again', async () => {
    const path = join(home.path, 'later.json');
    await using panel = await openFile(path, { width: 320 });
    await panel.page.getByRole('alert').waitFor();
    expect(await panel.axe()).toEqual([]);
    writeFileSync(path, readFileSync(TRACE));
    await panel.page.getByRole('button', { name: 'Try Again' }).click();
    await untilStatus(panel, /137 spans/);
  });

  it('leads from a finding to its spans', async () => {
    const path = join(CHROME, '../seeded/invoices/device-mismatch-1.chrome.json.gz');
    await using panel = await openFile(path);
    await panel.page.locator('[data-key=findings]').click();
    const card = panel.page.locator('article.finding').first();
    await card.locator('summary').click();
    expect(await panel.axe()).toEqual([]);
    await card.getByRole('button', { name: 'Show in Chart' }).click();
    await panel.page.locator('.pane-span', { hasText: 'part of a finding' }).waitFor();
    expectClean(panel);
  });

  it('breaks no rule of axe-core in any theme', async () => {
    await using panel = await openTrace();
    await chooseFirst(panel);
    await press(panel, 'm');
    await panel.page.locator('.pane-area .table-row').first().waitFor();
    for (const theme of THEMES) {
      await panel.theme(theme);
      expect(await panel.axe()).toEqual([]);
    }
    await press(panel, '3');
    await panel.page.locator('.functions .table-row').first().waitFor();
    await panel.page.getByRole('tab', { name: 'Span' }).click();
    expect(await panel.axe()).toEqual([]);
    await press(panel, '?');
    await panel.page.locator('dialog').waitFor();
    expect(await panel.axe()).toEqual([]);
    expectClean(panel);
  });
});

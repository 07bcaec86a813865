import { until } from '../harness/until.mjs';

const EXTENSION = 'earshot.earshot';
/** The first webview of a window waits for VS Code's service worker. */
const PANEL_MS = 60_000;

/** One of Earshot's pages as a person meets it: the document in the inner of a webview's two frames. */
export class Panel {
  /** @param frame Playwright's FrameLocator of the page. */
  constructor(win, frame) {
    this.win = win;
    this.frame = frame;
  }

  /** The visible panel with this page: flame, dashboard or diff; any where none is named. */
  static async find(win, { page, timeoutMs = PANEL_MS } = {}) {
    const outer = win.page.locator(`iframe.webview.ready[src*="extensionId=${EXTENSION}"]:visible`);
    const root = page === undefined ? 'main' : `script[src$="/${page}.js"]`;
    const frame = await until(
      async () => {
        for (let i = 0; i < (await outer.count()); i += 1) {
          const inner = outer.nth(i).contentFrame().frameLocator('iframe#active-frame');
          if ((await inner.locator(root).count()) > 0) return inner;
        }
        return undefined;
      },
      `the page ${page ?? ''} is drawn`,
      timeoutMs,
    );
    return new Panel(win, frame);
  }

  locator(selector) {
    return this.frame.locator(selector);
  }

  /** Waits until the page shows this text. */
  async shows(text, timeoutMs) {
    await this.frame
      .getByText(text)
      .first()
      .waitFor({ timeout: timeoutMs ?? PANEL_MS });
  }

  /** Runs `f(arg)` in the page. */
  async evaluate(f, arg) {
    return this.frame.locator(':root').evaluate(
      (_root, [source, given]) => {
        return new Function(`return (${source})`)()(given);
      },
      [f.toString(), arg],
    );
  }

  /** Violations that axe finds in the page, in short. */
  async accessibilityProblems() {
    const { default: axe } = await import('axe-core');
    const element = await this.frame.locator(':root').elementHandle();
    const frame = await element.ownerFrame();
    await frame.evaluate(axe.source);
    const { violations } = await frame.evaluate(() =>
      globalThis.axe.run(document, { iframes: false }),
    );
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html }) => html.slice(0, 160)),
    }));
  }
}

/** The titles of the open tabs. */
export function tabTitles(win) {
  return win.api((vscode) =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
  );
}

/** Chooses a run, by its name, in a quick pick whose title contains `expect`. */
export async function chooseRun(win, name, { expect = '' } = {}) {
  const row = win.quick.locator('.monaco-list-row', { hasText: name }).first();
  await until(
    async () => (await win.quick.innerText()).includes(expect) && (await row.isVisible()),
    `a choice ${expect} with ${name}`,
  );
  await row.click();
}

/** Reloads the window as a person does, so that VS Code keeps what is open. */
export async function reloadWindow(win) {
  win.bridges.delete(win.folder);
  const loaded = win.page.waitForEvent('load');
  await win.command('Developer: Reload Window').catch(() => undefined);
  await loaded;
  await win.ready();
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ExtensionPart, type ExtensionOptions } from './extensionPart.ts';
import { PageServer } from './pageServer.ts';
import type { ThemeName } from './themes.ts';

const CHROMIUM = process.env['E2E_CHROMIUM'] ?? '/usr/bin/chromium';
/** As the windows of test/e2e have them: software drawing, no traffic of the browser's own. */
const CHROMIUM_ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic'],
  ...['--no-first-run', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--enable-precise-memory-info'],
];

export interface PanelPageOptions extends ExtensionOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier life of the page left with `setState`. */
  readonly state?: unknown;
  /** A browser that is shared by several pages; else the page has one of its own. */
  readonly browser?: Browser;
}

/** Starts Chromium. @throws where there is none: `bash test/e2e/install.sh FOLDER` installs it. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`${CHROMIUM} is not there; set E2E_CHROMIUM, or run test/e2e/install.sh.`);
  }
  return chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGS });
}

/**
 * Opens a built page (dist/webview) in Chromium outside of VS Code, with a real worker (dist/worker.cjs) behind it.
 *
 *     await using panel = await openPanelPage({ home, content: { panel: 'flame', source, span: null, view: null } });
 *     await panel.page.keyboard.press('w');
 */
export async function openPanelPage(options: PanelPageOptions): Promise<PanelPage> {
  const extension = new ExtensionPart(options);
  const server = await PageServer.listen(
    {
      page: options.content.panel,
      theme: options.theme ?? 'dark',
      state: options.state ?? null,
    },
    (transport) => extension.connect(transport),
  );
  const browser = options.browser ?? (await startBrowser());
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
  });
  const panel = new PanelPage(page, extension, async () => {
    await page.close();
    if (!options.browser) await browser.close();
    await extension.dispose();
    server.close();
  });
  await page.goto(server.url);
  return panel;
}

/** A page of a panel, what it did with VS Code, and what went wrong in it. */
export class PanelPage implements AsyncDisposable {
  readonly page: Page;
  readonly extension: ExtensionPart;
  /** Errors of the console, violations of the page's policy among them. */
  readonly errors: string[] = [];
  readonly #close: () => Promise<void>;

  constructor(page: Page, extension: ExtensionPart, close: () => Promise<void>) {
    this.page = page;
    this.extension = extension;
    this.#close = close;
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(error.stack ?? error.message));
  }

  /** Changes the theme as VS Code does it in an open page. */
  async theme(name: ThemeName): Promise<void> {
    await this.page.evaluate(`panelHost.setTheme(${JSON.stringify(name)})`);
  }

  /** What the page has kept with `setState`. */
  state(): Promise<unknown> {
    return this.page.evaluate('panelHost.state()');
  }

  /** Violations that axe-core finds, each with its rule and its elements. */
  async axe(): Promise<string[]> {
    const require = createRequire(import.meta.url);
    await this.page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const { violations } = await this.page.evaluate<AxeResult>('axe.run(document)');
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { THEMES } from './settings.mjs';
import { BOOT_MS, STEP_MS, Stop, bounded, until } from './until.mjs';

// Errors of VS Code itself, seen in an empty window too: the last one where a page is left while it writes its log.
const NOISE = [/vsda/, /authentication provider 'github'/, /'vscode-log:.*IndexedDB .* is closed/];

/** A window on a fresh workspace with these files, and an extension host of its own. */
export async function openWindow(server, bridges, { files = {} } = {}) {
  const folder = mkdtempSync(path.join(server.dir, 'ws-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const page = await server.browser.newPage({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const win = new Window(server, bridges, folder, page);
  await page.goto(`${server.base}/?folder=${encodeURIComponent(folder)}`, {
    waitUntil: 'domcontentloaded',
  });
  await win.ready();
  return win;
}

/** What a user does and sees in a window. */
export class Window {
  errors = [];
  external = new Set();

  constructor(server, bridges, folder, page) {
    Object.assign(this, { server, bridges, folder, page });
    page.on('console', (message) => {
      const line = `${message.text()} (${message.location().url.slice(0, 120)})`;
      const noise = NOISE.some((one) => one.test(line));
      if (message.type() === 'error' && !noise) this.errors.push(line);
    });
    page.on('pageerror', (error) => this.errors.push(String(error.stack ?? error)));
    page.on('request', (request) => {
      const url = new URL(request.url());
      // Addresses of webview resources are answered by the page's own service worker.
      const inside = url.origin === server.base || /\.vscode-cdn\.net$/.test(url.host);
      if (/^(https?|wss?):$/.test(url.protocol) && !inside && !this.#own(url)) {
        this.external.add(url.host);
      }
    });
  }

  #own(url) {
    return url.host === new URL(this.server.base).host;
  }

  /** Workbench drawn and extension host up. */
  async ready() {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: BOOT_MS });
    await until(() => this.bridges.has(this.folder), 'extension host connects', BOOT_MS);
  }

  async reload() {
    this.bridges.delete(this.folder);
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.ready();
  }

  async close() {
    await this.page.context().close();
  }

  get extensionHostPid() {
    return this.bridges.get(this.folder)?.pid;
  }

  // ---- state, through the VS Code API ----------------------------------------------------------
  /** Runs `f(vscode, arg)` in the extension host; it is sent as text and sees nothing but `arg`. */
  async api(f, arg, timeoutMs = STEP_MS) {
    const bridge = await until(() => this.bridges.get(this.folder), 'extension host connects');
    const what = `api ${f.toString().slice(0, 60)}`;
    return bounded(bridge.call(f.toString(), arg), what, timeoutMs);
  }

  /** Text of the active editor's document: all of it, not only what is drawn. */
  async editorText() {
    const [, text] = await until(async () => {
      const tab = this.page.locator('.editor-group-container.active .tab.active');
      const shown = await tab.getAttribute('data-resource-name');
      const known = await this.api((vscode) => {
        const document = vscode.window.activeTextEditor?.document;
        return document && [document.uri.path.split('/').pop(), document.getText()];
      });
      return known?.[0] === shown && known;
    }, 'the active tab is the active text editor of the API');
    return text;
  }

  /** All diagnostics of open documents. */
  diagnostics() {
    return this.api((vscode) =>
      vscode.languages.getDiagnostics().flatMap(([uri, list]) =>
        list.map(({ range, severity, message, source }) => ({
          uri: uri.toString(),
          line: range.start.line,
          severity,
          message,
          source,
        })),
      ),
    );
  }

  /** Changes a user setting and waits until VS Code has it. */
  async setting(key, value) {
    await this.api(
      (vscode, [name, to]) =>
        vscode.workspace.getConfiguration().update(name, to, vscode.ConfigurationTarget.Global),
      [key, value],
    );
  }

  /** dark | light | hc-dark | hc-light */
  async theme(name) {
    await this.setting('workbench.colorTheme', THEMES[name][0]);
    await this.page.locator(`.monaco-workbench.${THEMES[name][1]}`).waitFor();
  }

  // ---- palette, inputs, notifications ----------------------------------------------------------
  get quick() {
    return this.page.locator('.quick-input-widget');
  }

  /** The rows of the quick pick whose label is exactly this. */
  row(label) {
    const name = this.page.locator('.label-name', { hasText: exact(label) });
    return this.quick.locator('.monaco-list-row').filter({ has: name }).first();
  }

  /** Runs a command as a user does. The palette shows what was known when it opened: it is opened again. */
  async command(title, { timeoutMs = STEP_MS } = {}) {
    const input = this.quick.locator('input.input');
    const row = this.row(title);
    const listed = async () => {
      await this.noDialog();
      await this.page.keyboard.press('F1');
      await input.waitFor({ timeout: 2000 });
      await input.fill(`>${title}`);
      return row.waitFor({ timeout: 1500 }).then(
        () => true,
        async (error) => {
          await this.page.keyboard.press('Escape');
          throw error;
        },
      );
    };
    await until(listed, `palette lists "${title}"`, timeoutMs);
    await row.click();
    // Gone, or already the input of the command itself.
    await until(
      async () => !(await input.isVisible()) || !(await input.inputValue()).startsWith('>'),
      'palette closes',
    );
  }

  /** Fills an open input box and confirms. `expect`: text of its title, prompt or placeholder. */
  async answer(text, { expect, confirm = true } = {}) {
    const input = this.quick.locator('input.input');
    await input.waitFor();
    if (expect) {
      await until(async () => {
        const placeholder = await input.getAttribute('placeholder');
        return `${await this.quick.innerText()}\n${placeholder}`.includes(expect);
      }, `input box with "${expect}"`);
    }
    await input.fill(text);
    if (confirm) await input.press('Enter');
  }

  /** Validation message or prompt below the input box. */
  inputMessage() {
    return this.quick.locator('.quick-input-message').innerText();
  }

  /** Chooses an entry of an open quick pick. */
  async pick(label) {
    await this.row(label).click();
  }

  /** Waits for a notification; gives its locator. */
  async toast(text, { timeoutMs = STEP_MS } = {}) {
    const toast = this.page.locator('.notification-toast', { hasText: text }).first();
    const visible = async () => {
      await this.noDialog();
      return (await toast.isVisible()) && toast;
    };
    return until(visible, `notification ${text}`, timeoutMs);
  }

  get dialog() {
    return this.page.locator('.monaco-dialog-box');
  }

  /** A command that throws opens a modal dialog here: everything after it would hang. */
  async noDialog() {
    if (!(await this.dialog.isVisible())) return;
    const text = (await this.dialog.innerText()).replace(/\s+/g, ' ');
    throw new Stop(`a dialog is open: ${text}`);
  }

  clearToasts() {
    return this.api((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
  }

  // ---- editor ----------------------------------------------------------------------------------
  get editor() {
    return this.page
      .locator('.editor-group-container.active .editor-instance .monaco-editor')
      .first();
  }

  /** The drawn lines that contain this text; VS Code draws spaces as no-break spaces. */
  line(text) {
    const pattern = new RegExp(escape(text).replace(/ /g, '[ \\u00a0]'));
    return this.editor.locator('.view-line', { hasText: pattern });
  }

  /** Rests the mouse on a drawn line that contains this text and gives the hover's text. */
  async hover(text) {
    const box = await this.line(text).first().locator('span span').first().boundingBox();
    const [x, y] = [box.x + Math.min(40, box.width / 2), box.y + box.height / 2];
    const contents = this.page.locator('.monaco-hover:not(.hidden) .hover-contents');
    await until(async () => {
      await this.page.mouse.move(x + 60, y + 90);
      await this.page.mouse.move(x, y, { steps: 3 });
      return contents
        .first()
        .waitFor({ timeout: 1500 })
        .then(() => true);
    }, `hover on "${text}"`);
    return (await contents.allInnerTexts()).join('\n');
  }

  /** Follows the first link with this text as a person does: Ctrl held, the mouse on it until it lights up, a click. */
  async followLink(text) {
    const link = this.editor.locator('.detected-link', { hasText: text }).first();
    await link.waitFor();
    const { mouse, keyboard } = this.page;
    await keyboard.down('Control');
    try {
      await until(async () => {
        const box = await link.boundingBox();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        await mouse.move(x, y + 40);
        await mouse.move(x, y, { steps: 3 });
        await this.editor.locator('.detected-link-active').first().waitFor({ timeout: 1500 });
        return true;
      }, `the link "${text}" lights up`);
      await mouse.down();
      await mouse.up();
    } finally {
      await keyboard.up('Control');
    }
  }

  // ---- what went wrong, what it looks like -----------------------------------------------------
  /** Fails on console errors, error notifications among them, and requests to other hosts since the last call. */
  assertClean({ ignore = [] } = {}) {
    const requests = [...this.external].map((host) => `request to ${host}`);
    const bad = [...this.errors, ...requests].filter(
      (line) => !ignore.some((one) => one.test(line)),
    );
    this.errors.length = 0;
    this.external.clear();
    if (bad.length) throw new Error(`unexpected in the browser:\n${bad.join('\n')}`);
  }

  async screenshot(file) {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  }
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const exact = (text) => new RegExp(`^\\s*${escape(text)}\\s*$`);

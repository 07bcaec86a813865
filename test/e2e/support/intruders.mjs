import assert from 'node:assert/strict';
import { EVIL_HOST } from './hostile.mjs';

/** What a hostile text would have become, had anybody taken it for more than text. */
const MARKS = [
  '[onerror]',
  'img[src="x"]',
  'img[src$="/x"]',
  `[src*="${EVIL_HOST}"]`,
  '[href^="command:earshot.showLog"]',
  '[data-href^="command:earshot.showLog"]',
  '[href^="javascript:"]',
].join(', ');

/** Watches every frame of a window for what gets in. */
export class IntruderWatch {
  #seen = [];

  constructor(win) {
    this.win = win;
    const note = (line) => this.#seen.push(line);
    win.page.on('dialog', (dialog) => {
      note(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    win.page.on('console', (message) => {
      if (/CSP violation|Content Security Policy/i.test(message.text())) note(message.text());
    });
    win.page.on('request', (request) => {
      if (request.url().includes(EVIL_HOST)) note(`request ${request.url()}`);
    });
  }

  /** Before any page of Earshot is opened. */
  async begin() {
    const listen = () => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`CSP violation: ${violatedDirective} ${blockedURI}`);
      });
    };
    await this.win.page.addInitScript(listen);
    await this.win.page.evaluate(listen);
  }

  /** Fails where anything was run, asked for, or made of a text. */
  async nothingHappened(where) {
    for (const frame of this.win.page.frames()) {
      const found = await frame
        .evaluate((marks) => {
          const made = [...document.querySelectorAll(marks)].map((each) => each.outerHTML);
          return globalThis.owned === undefined ? made : ['a script was run', ...made];
        }, MARKS)
        // A frame that has gone is of no interest.
        .catch(() => []);
      this.#seen.push(...found.map((html) => `${html.slice(0, 200)} in ${frame.url()}`));
    }
    assert.deepEqual(this.#seen.splice(0), [], where);
  }
}

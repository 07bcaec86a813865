import assert from 'node:assert/strict';
import { descendants, processes } from '../harness/processes.mjs';
import { until } from '../harness/until.mjs';

/** The commands and views of Earshot, as a user meets them in a window. */
export class EarshotWindow {
  constructor(win) {
    this.win = win;
  }

  run(title) {
    return this.win.command(`Earshot: ${title}`);
  }

  async ingestUrl(url) {
    await this.run('Ingest YouTube URL');
    await this.win.answer(url, { expect: 'YouTube URL' });
  }

  /** Chooses a file in VS Code's own file dialog. */
  async ingestFile(file) {
    await this.run('Ingest Media File…');
    const row = this.win.row(file.split('/').at(-1));
    // The dialog fills its box with the folder once it has read it, over what was typed before.
    await until(async () => {
      await this.win.answer(file, { confirm: false });
      await row.waitFor({ timeout: 2000 });
      return true;
    }, `the file dialog lists ${file}`);
    await this.win.quick.getByRole('button', { name: 'Ingest', exact: true }).click();
  }

  /** Waits until the transcript of an ingest has opened by itself, and gives its text. */
  async openedTranscript(timeoutMs = 120_000) {
    await this.win.toast(/is ready/, { timeoutMs });
    await until(() => this.#transcriptIsActive(), 'the transcript is the active editor');
    return this.win.editorText();
  }

  async openTranscript(title) {
    await this.run('Open Transcript…');
    await this.win.pick(title);
    await until(() => this.#transcriptIsActive(), 'the transcript is the active editor');
    return this.win.editorText();
  }

  #transcriptIsActive() {
    return this.win.api((vscode) => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.languageId === 'earshot-transcript' && document.lineCount > 3;
    });
  }

  async showLibrary() {
    await this.win.api((vscode) =>
      vscode.commands.executeCommand('workbench.view.extension.earshot'),
    );
  }

  /** The drawn lines of the Library. */
  async libraryLines() {
    const rows = this.win.page.locator('.part.sidebar .monaco-list-row');
    return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  async libraryShows(pattern, timeoutMs) {
    const shown = async () => {
      const lines = await this.libraryLines();
      if (lines.some((line) => pattern.test(line))) return true;
      throw new Error(`the library shows ${JSON.stringify(lines)}`);
    };
    await until(shown, `library line ${pattern}`, timeoutMs);
  }

  /** Shows the report of a video's last run; gives the state of each stage. */
  async stageStates(title) {
    await this.run('Show Run Report');
    await this.win.pick(title);
    const text = await until(async () => {
      const shown = await this.win.editorText();
      return shown.includes('## Stages') && shown;
    }, 'the report is open');
    const section = text.split('## Stages')[1].split(/^## /m)[0];
    const rows = [...section.matchAll(/^\| *(\w+) *\| *(\w+) *\|/gm)];
    return Object.fromEntries(
      rows.filter(([, stage]) => stage !== 'Stage').map(([, stage, state]) => [stage, state]),
    );
  }

  /** Pid of this window's worker; undefined while none runs. */
  get workerPid() {
    const host = this.win.extensionHostPid;
    return descendants([host]).find(({ command }) => /worker\.cjs/.test(command))?.pid;
  }

  /** Kills the worker as a crash would; gives the processes that ran at that moment. */
  killWorker() {
    const pid = this.workerPid;
    assert.ok(pid, 'a worker runs');
    const pids = [pid, ...descendants([pid]).map((child) => child.pid)];
    process.kill(pid, 'SIGKILL');
    return pids;
  }
}

/** Waits until none of these processes is left. */
export async function allGone(pids) {
  const left = () => processes(({ pid }) => pids.includes(pid)).map(({ command }) => command);
  const none = () => {
    const commands = left();
    if (commands.length > 0) throw new Error(commands.join('\n'));
    return true;
  };
  await until(none, 'no process is left');
}

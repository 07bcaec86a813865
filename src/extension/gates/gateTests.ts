import * as vscode from 'vscode';
import { GetProject } from '../../protocol/markMessages.ts';
import { cliProgram } from '../platform/cliProgram.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import { workerOptions } from '../platform/settings.ts';
import { showError } from '../platform/showError.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import { type GateEnd, runGateProcess } from './gateProcess.ts';
import { gateLines } from './gateText.ts';

const CONFIG = 'earshot.config.json';

/** What the tests of the gates need of the window. */
export interface GateTestsParts {
  readonly controller: vscode.TestController;
  readonly client: WorkerClient;
  readonly extensionPath: string;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The gates of a workspace in the Test Explorer: a test for each command of `earshot.config.json`, which is passed where
 * nothing got slower, failed by a regression, and skipped where the runs could not decide. Found when the explorer asks.
 */
export class GateTests implements vscode.Disposable {
  readonly #parts: GateTestsParts;
  readonly #controller: vscode.TestController;
  readonly #watchers: vscode.Disposable[] = [];
  readonly #folders = new WeakMap<vscode.TestItem, vscode.WorkspaceFolder>();

  constructor(parts: GateTestsParts) {
    this.#parts = parts;
    this.#controller = parts.controller;
  }

  /** Finds the gates, and again with each change of what they are made of. */
  async discover(): Promise<void> {
    if (this.#watchers.length === 0) this.#watch();
    await this.find();
  }

  dispose(): void {
    for (const each of this.#watchers) each.dispose();
  }

  #watch(): void {
    const again = (): void => {
      this.find().catch((error: unknown) => showError(error, this.#parts.log));
    };
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${CONFIG}`);
    this.#watchers.push(
      watcher,
      watcher.onDidChange(again),
      watcher.onDidCreate(again),
      watcher.onDidDelete(again),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      vscode.workspace.onDidGrantWorkspaceTrust(again),
    );
  }

  /** Finds them now. Commands of a project are started by gates, so an untrusted workspace has none. */
  async find(): Promise<void> {
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    const found: vscode.TestItem[] = [];
    for (const folder of folders) {
      if (folder.uri.scheme !== 'file') continue;
      if (!(await exists(vscode.Uri.joinPath(folder.uri, CONFIG)))) continue;
      const { config, problem, commands } = await this.#parts.client.request(GetProject, {
        workspace: folder.uri.fsPath,
      });
      if (config === null) continue;
      const uri = vscode.Uri.file(config);
      if (problem !== null) {
        const item = this.#controller.createTestItem(`${config}#problem`, CONFIG, uri);
        item.error = problem;
        found.push(item);
      }
      for (const { name, text, line } of commands) {
        const item = this.#controller.createTestItem(`${config}#${name}`, name, uri);
        item.description = folders.length > 1 ? `${folder.name} · ${text}` : text;
        item.range = new vscode.Range(line - 1, 0, line - 1, 0);
        this.#folders.set(item, folder);
        found.push(item);
      }
    }
    this.#controller.items.replace(found);
  }

  /** Runs gates, all of them where none is named. */
  async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    try {
      const items = this.#chosen(request);
      for (const item of items) run.enqueued(item);
      // One after the other: runs side by side would measure one another.
      for (const item of items) {
        if (token.isCancellationRequested) run.skipped(item);
        else await this.#gate(run, item, token);
      }
    } catch (error) {
      void showError(error, this.#parts.log);
    } finally {
      run.end();
    }
  }

  #chosen({ include, exclude = [] }: vscode.TestRunRequest): vscode.TestItem[] {
    const all: vscode.TestItem[] = [];
    if (include === undefined) this.#controller.items.forEach((item) => all.push(item));
    return (include ?? all).filter((item) => !exclude.includes(item) && this.#folders.has(item));
  }

  async #gate(
    run: vscode.TestRun,
    item: vscode.TestItem,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const folder = this.#folders.get(item);
    if (folder === undefined) return;
    const say = (line: string): void => run.appendOutput(`${line}\r\n`, undefined, item);
    const abort = new AbortController();
    const onCancel = token.onCancellationRequested(() => abort.abort());
    const startedAt = Date.now();
    run.started(item);
    try {
      const ended = await runGateProcess({
        cli: cliProgram(this.#parts.extensionPath, workerOptions().home),
        name: item.label,
        folder: folder.uri.fsPath,
        onProgress: ({ text }) => say(text),
        onText: say,
        signal: abort.signal,
      });
      this.#tell(run, item, ended, Date.now() - startedAt);
    } catch (error) {
      run.errored(item, new vscode.TestMessage(String(error)));
    } finally {
      onCancel.dispose();
    }
  }

  #tell(run: vscode.TestRun, item: vscode.TestItem, ended: GateEnd, tookMs: number): void {
    const { record, exitCode, lastWords } = ended;
    if (record === null) {
      const message = lastWords || `The gate ended with exit code ${exitCode} and no verdict.`;
      run.errored(item, new vscode.TestMessage(plainMessage(message)), tookMs);
      return;
    }
    const lines = gateLines(record);
    run.appendOutput(`\r\n${lines.join('\r\n')}\r\n`, undefined, item);
    if (record.partial || record.result === 'inconclusive') run.skipped(item);
    else if (record.result === 'fine') run.passed(item, tookMs);
    else {
      const message = new vscode.TestMessage(lines.join('\n'));
      if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
      run.failed(item, message, tookMs);
    }
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

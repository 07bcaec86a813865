import * as vscode from 'vscode';
import type { WorkerState } from '../workerClient/workerState.ts';

/** Shows the state of the worker, and of the work in it, once Earshot is in use. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    'earshot.worker',
    vscode.StatusBarAlignment.Left,
  );
  #state: WorkerState = { kind: 'stopped' };
  #work: string | undefined;

  constructor() {
    this.#item.name = 'Earshot';
    this.#item.command = 'earshot.showLog';
  }

  worker(state: WorkerState): void {
    this.#state = state;
    this.#draw();
  }

  /** What is being done, or nothing. */
  work(text: string | undefined): void {
    this.#work = text;
    this.#draw();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #draw(): void {
    const { text, tooltip, error } = describe(this.#state, this.#work);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.backgroundColor = error
      ? new vscode.ThemeColor('statusBarItem.errorBackground')
      : undefined;
    if (this.#state.kind === 'stopped') this.#item.hide();
    else this.#item.show();
  }
}

function describe(state: WorkerState, work: string | undefined) {
  switch (state.kind) {
    case 'stopped':
      return { text: 'Earshot', tooltip: 'The worker is not running.', error: false };
    case 'starting':
      return { text: '$(loading~spin) Earshot', tooltip: 'The worker is starting.', error: false };
    case 'running':
      return {
        text: work === undefined ? '$(pulse) Earshot' : `$(sync~spin) Earshot: ${work}`,
        tooltip: `The worker runs as process ${state.pid}.\nLibrary: ${state.home}`,
        error: false,
      };
    case 'restarting':
      return {
        text: '$(debug-restart) Earshot',
        tooltip: `The worker ended unexpectedly; start ${state.attempt} in ${state.delayMs / 1000} s.`,
        error: false,
      };
    case 'failed':
      return {
        text: '$(error) Earshot',
        tooltip: `${state.message}\n${state.action}`,
        error: true,
      };
  }
}

import * as vscode from 'vscode';
import type { z } from 'zod';
import { ChartChanged, ChartProgress } from '../../protocol/chartMessages.ts';
import { MarksChanged } from '../../protocol/markMessages.ts';
import type { RpcConnection } from '../../protocol/rpc.ts';
import { RunsChanged } from '../../protocol/runMessages.ts';

/** What the worker tells by itself, for whoever in this window wants to hear it; over all its lives. */
export class WorkerEvents implements vscode.Disposable {
  readonly #progress = new vscode.EventEmitter<z.output<typeof ChartProgress.params>>();
  readonly #chart = new vscode.EventEmitter<z.output<typeof ChartChanged.params>>();
  readonly #runs = new vscode.EventEmitter<void>();
  readonly #marks = new vscode.EventEmitter<void>();
  readonly #restart = new vscode.EventEmitter<void>();
  readonly onChartProgress = this.#progress.event;
  readonly onChartChanged = this.#chart.event;
  readonly onRunsChanged = this.#runs.event;
  readonly onMarksChanged = this.#marks.event;
  /** Another worker has taken the place of one that ended: what that one held is gone. */
  readonly onRestart = this.#restart.event;
  #lives = 0;

  /** Hears the worker of this connection. */
  serve(connection: RpcConnection): void {
    connection.listen(ChartProgress, (told) => this.#progress.fire(told));
    connection.listen(ChartChanged, (told) => this.#chart.fire(told));
    connection.listen(RunsChanged, () => this.#runs.fire());
    connection.listen(MarksChanged, () => this.#marks.fire());
  }

  /** A worker is ready. */
  running(): void {
    this.#lives += 1;
    if (this.#lives > 1) this.#restart.fire();
  }

  dispose(): void {
    for (const emitter of [this.#progress, this.#chart, this.#runs, this.#marks, this.#restart]) {
      emitter.dispose();
    }
  }
}

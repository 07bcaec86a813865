import * as vscode from 'vscode';
import { ListRuns, type RunSummary } from '../../protocol/runMessages.ts';
import type { Worker } from '../panels/relay.ts';

/** The newest runs; older ones are found by their series on the command line. */
const MAX_RUNS = 1000;

/** Runs of the same work, the newest first. */
export interface RunSeries {
  readonly name: string;
  readonly runs: readonly RunSummary[];
}

/** The runs of the library as last heard of; asked again when the worker tells that they changed. */
export class RunList implements vscode.Disposable {
  readonly #worker: Worker;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: readonly vscode.Disposable[];
  #runs: Promise<readonly RunSummary[]> | undefined;

  constructor(worker: Worker, ...changes: readonly vscode.Event<void>[]) {
    this.#worker = worker;
    this.#subscriptions = changes.map((event) => event(() => this.#forget()));
  }

  /** All runs, the newest first. @throws RpcError */
  runs(): Promise<readonly RunSummary[]> {
    if (this.#runs !== undefined) return this.#runs;
    const asked = this.#worker
      .request(ListRuns, { series: null, limit: MAX_RUNS })
      .then(({ runs }) => runs);
    this.#runs = asked;
    // A failure is not kept: the next look asks again.
    asked.catch(() => {
      if (this.#runs === asked) this.#runs = undefined;
    });
    return asked;
  }

  /** The runs by their series, that of the newest run first. */
  async series(): Promise<readonly RunSeries[]> {
    const groups = Map.groupBy(await this.runs(), ({ series }) => series);
    return [...groups].map(([name, runs]) => ({ name, runs }));
  }

  /** Asks again, where somebody looks. */
  refresh(): void {
    this.#runs = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Who has never looked is not made to ask now. */
  #forget(): void {
    if (this.#runs !== undefined) this.refresh();
  }
}

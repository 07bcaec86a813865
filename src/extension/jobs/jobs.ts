import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { IngestEvent } from '../../protocol/ingest.ts';
import { IngestEventMessage, Waiting } from '../../protocol/messages.ts';
import type { RpcConnection } from '../../protocol/rpc.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import { Job } from './job.ts';

/** The long operations of this window: routes their events, shows their progress, cancels them. */
export class Jobs implements vscode.Disposable {
  readonly #jobs = new Map<string, Job>();
  readonly #log: vscode.LogOutputChannel;
  readonly #progressed = new vscode.EventEmitter<string>();
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #heard = new vscode.EventEmitter<IngestEvent>();
  /** Fires with everything that the worker tells of an ingest. */
  readonly onDidHear = this.#heard.event;
  /** Fires with the id of a video of which more is known. */
  readonly onDidProgress = this.#progressed.event;
  /** Fires with the text of the work that goes on, or undefined when there is none any more. */
  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  get active(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  progressOf(videoId: string): string | undefined {
    return this.active.find((job) => job.videoId === videoId)?.text;
  }

  /** Hears the worker of this connection. */
  serve(connection: RpcConnection): void {
    connection.listen(Waiting, ({ operation, ahead }) => this.#jobs.get(operation)?.wait(ahead));
    connection.listen(IngestEventMessage, ({ operation, event }) => {
      this.#jobs.get(operation)?.hear(event);
      this.#heard.fire(event);
      if (event.type === 'notice') this.#notice(event.level, event.message, event.action);
      if (event.type === 'failed') {
        this.#log.error(`${event.source}: ${event.error.message} ${event.error.action}`);
      }
    });
  }

  /** Runs an operation under a cancellable progress notification. */
  async run<T>(label: string, work: (job: Job) => Promise<T>): Promise<T> {
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress(
      { location, title: 'Earshot', cancellable: true },
      async (progress, token) => {
        let shown = 0;
        const job = new Job(randomUUID(), label, () => {
          const percent = job.fraction * 100;
          const increment = Math.max(0, percent - shown);
          shown = Math.max(shown, percent);
          progress.report({ message: plainMessage(`${job.title}: ${job.text}`), increment });
          this.#tell(job);
        });
        token.onCancellationRequested(() => job.cancel());
        this.#jobs.set(job.operation, job);
        progress.report({ message: plainMessage(label) });
        this.#tell(job);
        try {
          return await work(job);
        } finally {
          this.#jobs.delete(job.operation);
          this.#tell(job);
        }
      },
    );
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    while (this.#jobs.size > 0) {
      await new Promise<void>((resolve) => {
        const subscription = this.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  dispose(): void {
    this.#heard.dispose();
    this.#progressed.dispose();
    this.#changed.dispose();
  }

  #tell(job: Job): void {
    if (job.videoId !== undefined) this.#progressed.fire(job.videoId);
    this.#changed.fire(this.active[0]?.text);
  }

  #notice(level: 'info' | 'warning', message: string, action = ''): void {
    const text = `${message} ${action}`.trim();
    if (level === 'info') {
      this.#log.info(text);
      return;
    }
    this.#log.warn(text);
    void vscode.window.showWarningMessage(plainMessage(text));
  }
}

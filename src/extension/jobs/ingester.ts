import * as vscode from 'vscode';
import type { IngestRequest, IngestResult, RerunRequest } from '../../protocol/ingest.ts';
import { Ingest, Rerun } from '../../protocol/messages.ts';
import { RPC_CODES, reportOf } from '../../protocol/rpcError.ts';
import type { DocumentOpener } from '../documents/openDocuments.ts';
import { formatTime, plural } from '../platform/formatTime.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import { opensWhenReady } from '../platform/settings.ts';
import { showError } from '../platform/showError.ts';
import type { WorkerClient } from '../workerClient/workerClient.ts';
import type { Job } from './job.ts';
import type { Jobs } from './jobs.ts';

/** Ingests and re-runs as the person sees them: progress, the transcript, or what went wrong and how to go on. */
export class Ingester {
  readonly #client: WorkerClient;
  readonly #jobs: Jobs;
  readonly #open: DocumentOpener;
  readonly #showChart: (runId: string) => Promise<void>;
  readonly #log: vscode.LogOutputChannel;

  constructor(
    client: WorkerClient,
    jobs: Jobs,
    open: DocumentOpener,
    showChart: (runId: string) => Promise<void>,
    log: vscode.LogOutputChannel,
  ) {
    this.#client = client;
    this.#jobs = jobs;
    this.#open = open;
    this.#showChart = showChart;
    this.#log = log;
  }

  /** Ingests a source; one that was begun before goes on where it stopped. */
  async ingest(request: IngestRequest, label = request.source): Promise<void> {
    const asked = { ...request };
    const work = async ({ operation, signal }: Job): Promise<readonly IngestResult[]> =>
      (await this.#client.request(Ingest, { operation, request: asked }, signal)).results;
    await this.#attempt(label, work, async (error) => {
      if (reportOf(error).code !== 'source.playlist' || asked.playlist === true) return undefined;
      asked.playlist = await wantsEveryEntry(error);
      return asked.playlist;
    });
  }

  /** Repeats stages of a video. */
  async rerun(request: RerunRequest, label: string): Promise<void> {
    await this.#attempt(label, async ({ operation, signal }) => {
      const { result } = await this.#client.request(Rerun, { operation, request }, signal);
      return [result];
    });
  }

  /** @param answered whether to go on after an error that the asker knows better; undefined for others. */
  async #attempt(
    label: string,
    work: (job: Job) => Promise<readonly IngestResult[]>,
    answered: (error: unknown) => Promise<boolean | undefined> = () => Promise.resolve(undefined),
  ) {
    for (;;) {
      try {
        this.#done(await this.#jobs.run(label, work));
        return;
      } catch (error) {
        if (!((await answered(error)) ?? (await this.#goesOn(error, label)))) return;
      }
    }
  }

  /** Tells of the failure; true where the person wants to go on after a crash. */
  async #goesOn(error: unknown, label: string): Promise<boolean> {
    const { code } = reportOf(error);
    if (code === RPC_CODES.cancelled) {
      vscode.window.setStatusBarMessage(
        `Earshot: cancelled “${label}”. What was done is kept.`,
        8000,
      );
      return false;
    }
    if (code !== RPC_CODES.disconnected) {
      await showError(error, this.#log);
      return false;
    }
    const resume = 'Resume';
    const chosen = await vscode.window.showErrorMessage(
      plainMessage(
        `Earshot’s worker ended unexpectedly while it worked on “${label}”. What was finished is kept.`,
      ),
      resume,
      'Show Log',
    );
    if (chosen === 'Show Log') this.#log.show();
    return chosen === resume;
  }

  #done(results: readonly IngestResult[]): void {
    const [result, ...more] = results;
    if (!result) {
      void vscode.window.showWarningMessage(
        'Earshot: no entry of the playlist could be ingested. The Library and the log say why.',
      );
      return;
    }
    if (more.length > 0) {
      void vscode.window.showInformationMessage(
        `Earshot: ${results.length} transcripts are ready in the library.`,
      );
      return;
    }
    if (opensWhenReady()) {
      this.#open.transcript(result.id).catch((error: unknown) => showError(error, this.#log));
    }
    void this.#offer(result);
  }

  async #offer(result: IngestResult): Promise<void> {
    const { transcript, wallSeconds, cached } = result;
    const how = cached
      ? 'it was in the library already'
      : `${formatTime(transcript.durationSeconds)} in ${wallSeconds.toFixed(1)} s`;
    const [open, chart, report] = ['Open Transcript', 'Show Flame Chart', 'Show Run Report'];
    const chosen = await vscode.window.showInformationMessage(
      plainMessage(
        `“${transcript.title}” is ready: ${plural(transcript.speakers.length, 'speaker')}, ${how}.`,
      ),
      ...(opensWhenReady() ? [chart, report] : [open, chart, report]),
    );
    try {
      if (chosen === open) await this.#open.transcript(result.id);
      if (chosen === chart) await this.#showChart(result.runId);
      if (chosen === report) await this.#open.runReport(result.runId, transcript.title);
    } catch (error) {
      await showError(error, this.#log);
    }
  }
}

async function wantsEveryEntry(error: unknown): Promise<boolean> {
  const every = 'Ingest Every Entry';
  const message = plainMessage(reportOf(error).message);
  return (await vscode.window.showWarningMessage(message, every)) === every;
}

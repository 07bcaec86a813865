import type { IngestEvent } from '../protocol/ingest.ts';
import { type StageId, STAGE_TITLES } from '../protocol/stage.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import type { CliIo } from './io.ts';
import type { Output } from './output.ts';
import { durationText } from './quantities.ts';

/** Progress where there is no terminal: a line when a stage starts, and one when it ends. */
export class ProgressLines {
  readonly #io: CliIo;
  readonly #output: Output;
  readonly #startedAt = new Map<StageId, number>();

  constructor(io: CliIo, output: Output) {
    this.#io = io;
    this.#output = output;
  }

  readonly onEvent = (event: IngestEvent): void => {
    if (event.type === 'started') {
      this.#startedAt.clear();
      this.#output.info(`${singleLine(event.title)} (${event.id})`);
    } else if (event.type === 'playlist') {
      const failed = event.failed > 0 ? `, ${event.failed} failed` : '';
      this.#output.info(
        `Playlist ${singleLine(event.title)}: ${event.done} of ${event.entries} done${failed}`,
      );
    } else if (event.type === 'stage') {
      this.#stage(event.stage, event.state);
    }
  };

  readonly suspend = (): void => {
    // Lines leave room for a question by themselves.
  };

  readonly close = (): void => {
    this.#startedAt.clear();
  };

  #stage(stage: StageId, state: Extract<IngestEvent, { type: 'stage' }>['state']): void {
    const title = STAGE_TITLES[stage];
    const started = this.#startedAt.get(stage);
    if (state === 'waiting') return;
    if (state === 'running') {
      if (started !== undefined) return;
      this.#startedAt.set(stage, this.#io.now());
      this.#output.info(`  ${title} …`);
      return;
    }
    const seconds = started === undefined ? null : (this.#io.now() - started) / 1000;
    this.#startedAt.delete(stage);
    this.#output.info(
      `  ${title}: ${state}${seconds === null ? '' : ` after ${durationText(seconds)}`}`,
    );
  }
}

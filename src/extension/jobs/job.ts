import type { IngestEvent } from '../../protocol/ingest.ts';
import { ProgressText } from './progressText.ts';

/** A long operation that the person started in this window. */
export class Job {
  readonly operation: string;
  /** What is worked on, to choose it in “Cancel Ingest”. */
  readonly label: string;
  readonly #controller = new AbortController();
  readonly #progress = new ProgressText();
  readonly #changed: (job: Job) => void;
  #ahead = 0;
  /** Library id of the video, once it is known. */
  videoId: string | undefined;
  title: string;

  constructor(operation: string, label: string, changed: (job: Job) => void) {
    this.operation = operation;
    this.label = label;
    this.title = label;
    this.#changed = changed;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get text(): string {
    if (this.signal.aborted) return 'Stopping';
    return this.#ahead > 0 ? `Waiting for ${this.#ahead} before it` : this.#progress.text;
  }

  get fraction(): number {
    return this.#progress.fraction;
  }

  cancel(): void {
    this.#controller.abort();
    this.#changed(this);
  }

  wait(ahead: number): void {
    this.#ahead = ahead;
    this.#changed(this);
  }

  hear(event: IngestEvent): void {
    if (event.type === 'started') {
      this.videoId = event.id;
      this.title = event.title || this.label;
    }
    if (this.#progress.hear(event)) this.#changed(this);
  }
}

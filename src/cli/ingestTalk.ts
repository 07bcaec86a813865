import type { Conversation } from '../pipeline/earshot.ts';
import type { ErrorReport, IngestEvent, IngestResult } from '../protocol/ingest.ts';
import { consentFrom } from './consent.ts';
import { type ProgressView, progressView } from './progressView.ts';
import type { Session } from './session.ts';

type Failed = Extract<IngestEvent, { type: 'failed' }>;
type Notice = Extract<IngestEvent, { type: 'notice' }>;

/** One ingest's events: shown as progress or as `--json`, and kept for what is said at the end. */
export class IngestTalk implements Conversation {
  readonly signal: AbortSignal;
  readonly consent: (question: string) => Promise<boolean>;
  readonly results = new Map<string, IngestResult>();
  readonly titles = new Map<string, string>();
  readonly failures: Failed[] = [];
  cancelled = false;
  readonly #session: Session;
  readonly #view: ProgressView;
  readonly #notices: Notice[] = [];
  #heldBack: IngestEvent | null = null;

  constructor(session: Session, options: { readonly yes: boolean }) {
    this.#session = session;
    this.signal = session.cancellation.signal;
    this.#view = progressView(session.io, session.output, session.cancellation);
    this.consent = consentFrom(session, options.yes, this.#view.suspend);
  }

  readonly onEvent = (event: IngestEvent): void => {
    if (event.type === 'notice') this.#notices.push(event);
    if (event.type === 'started') this.titles.set(event.id, event.title);
    if (event.type === 'failed') this.failures.push(event);
    if (event.type === 'result') this.results.set(event.id, event);
    if (event.type === 'cancelled') this.cancelled = true;
    this.#view.onEvent(event);
    this.#record(event);
  };

  /** Takes note of a result that no event told of. */
  returned(result: IngestResult): void {
    if (this.results.get(result.id)?.runId !== result.runId) this.onEvent(result);
  }

  /** Takes note of an error that was thrown and that no event told of. */
  thrown(source: string, error: ErrorReport): void {
    if (error.code === 'cancelled' || this.signal.aborted) {
      if (!this.cancelled) this.onEvent({ type: 'cancelled', id: null, source });
    } else if (!this.failures.some((failure) => failure.error.code === error.code)) {
      this.onEvent({ type: 'failed', id: null, runId: null, source, error });
    }
  }

  /** Ends the progress, and says what was found on the way. */
  close(): void {
    this.#view.close();
    this.#flush();
    const { output } = this.#session;
    for (const { level, message, action } of this.#notices) {
      if (level === 'warning') output.warning(message, action);
      else output.info(action === undefined ? message : `${message}\n  → ${action}`);
    }
  }

  /** The end of a video is its last line, so that the last line of all is a result. */
  #record(event: IngestEvent): void {
    const { output } = this.#session;
    const isEnd = ['result', 'failed', 'cancelled'].includes(event.type);
    if (isEnd || event.type === 'started') this.#flush();
    if (isEnd) this.#heldBack = event;
    else output.record(event);
  }

  #flush(): void {
    if (this.#heldBack !== null) this.#session.output.record(this.#heldBack);
    this.#heldBack = null;
  }
}

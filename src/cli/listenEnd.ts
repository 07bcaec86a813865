import { EXIT } from './exitCodes.ts';
import type { ListenerCounts } from './liveListener.ts';
import type { Session } from './session.ts';

/** What ends listening by itself. */
export interface ListenBounds {
  /** Seconds from the beginning. */
  readonly for?: number;
  /** Seconds without anything new, once something has come. */
  readonly idle?: number;
  /** Spans received. */
  readonly maxSpans?: number;
}

/** Knows when listening is to end: a signal, its time, silence, or enough spans. */
export class ListenEnd {
  readonly reached: Promise<void>;
  readonly #bounds: ListenBounds;
  readonly #timer: NodeJS.Timeout | null;
  readonly #takeBack: () => void;
  #idleTimer: NodeJS.Timeout | null = null;
  #stop: () => void = () => undefined;
  #stopping = false;

  constructor({ io, cancellation }: Session, bounds: ListenBounds) {
    this.#bounds = bounds;
    this.reached = new Promise((resolve) => (this.#stop = resolve));
    this.#takeBack = cancellation.handOver(() => {
      // Whoever asks twice does not want to wait.
      if (this.#stopping) io.exit(EXIT.cancelled);
      this.#end();
    });
    const { for: seconds } = bounds;
    this.#timer = seconds === undefined ? null : setTimeout(this.#end, seconds * 1000);
  }

  /** Whether the end is reached. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** To be called whenever something has come. */
  readonly onArrival = ({ spans }: ListenerCounts): void => {
    const { idle, maxSpans = Infinity } = this.#bounds;
    if (spans >= maxSpans) this.#end();
    if (idle === undefined || this.#stopping) return;
    if (this.#idleTimer === null) this.#idleTimer = setTimeout(this.#end, idle * 1000);
    else this.#idleTimer.refresh();
  };

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    this.#takeBack();
  }

  readonly #end = (): void => {
    this.#stopping = true;
    this.#stop();
  };
}

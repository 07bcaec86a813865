import { readOtlpBody } from '../profiler/importers/otlp/addOtlpBody.ts';
import { CountingSink } from '../profiler/importers/otlp/countingSink.ts';
import type { OtlpAcceptance } from '../profiler/importers/otlp/otlpAcceptance.ts';
import type { ReceivedBody, ReceiverSink } from '../profiler/receiver/receiverSink.ts';
import type { LivePieces } from '../store/livePieces.ts';
import { LiveWriter } from '../store/liveWriter.ts';

/** What has arrived so far. */
export interface ListenerCounts {
  readonly spans: number;
  readonly logRecords: number;
  readonly metrics: number;
  readonly rejected: number;
}

/** Stores what is received as it comes; each body is looked through for what cannot be kept, and not held on to. */
export class LiveListener implements ReceiverSink {
  readonly #writer: LiveWriter;
  readonly #onArrival: (counts: ListenerCounts) => void;
  readonly #counts = { spans: 0, logRecords: 0, metrics: 0, rejected: 0 };

  /** @param onArrival called after each body. */
  constructor(
    pieces: LivePieces,
    runId: string,
    onArrival: (counts: ListenerCounts) => void = () => undefined,
  ) {
    this.#writer = new LiveWriter(pieces, runId);
    this.#onArrival = onArrival;
  }

  get counts(): ListenerCounts {
    return this.#counts;
  }

  async accept({ signal, contentType, bytes, receivedAt }: ReceivedBody): Promise<OtlpAcceptance> {
    const sink = new CountingSink();
    const malformed = await readOtlpBody(sink, signal, contentType, bytes);
    const acceptance = sink.acceptance(malformed);
    const { accepted, rejected } = acceptance;
    // What is rejected is told in the run as well; only what is no OTLP at all leaves no trace.
    if (accepted > 0 || (rejected > 0 && !malformed)) {
      await this.#writer.append({ signal, contentType, receivedAt, body: bytes });
    }
    this.#counts.spans += sink.spans;
    this.#counts.logRecords += sink.logRecords;
    this.#counts.metrics += sink.metrics;
    this.#counts.rejected += rejected;
    this.#onArrival(this.#counts);
    return acceptance;
  }

  /** Writes what has not been written yet. */
  flush(): void {
    this.#writer.flush();
  }
}

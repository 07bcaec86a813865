import type { OtlpAcceptance } from './otlpAcceptance.ts';
import { OtlpClock } from './otlpClock.ts';
import type { LogRecord, MetricRecord, SpanRecord } from './otlpRecords.ts';
import type { OtlpSink } from './otlpSink.ts';
import { spanProblem } from './spanProblem.ts';

/** Counts what a request holds and what of it cannot be kept, without keeping anything. */
export class CountingSink implements OtlpSink {
  readonly clock = new OtlpClock(0n);
  spans = 0;
  logRecords = 0;
  metrics = 0;
  rejected = 0;
  #message = '';

  resource(): void {
    // Says nothing about what can be kept.
  }

  scope(): void {
    // Neither does a scope.
  }

  span(record: SpanRecord): void {
    const problem = spanProblem(record);
    if (problem === null) this.spans += 1;
    else this.reject(record.offset, problem);
  }

  log(record: LogRecord): void {
    if (Number.isNaN(record.timeNs) && Number.isNaN(record.observedNs)) {
      this.reject(record.offset, 'a log record without a time');
    } else this.logRecords += 1;
  }

  metric(record: MetricRecord): void {
    if (record.name === '') this.reject(record.offset, 'a metric without a name');
    else this.metrics += 1;
  }

  reject(offset: number | null, reason: string): void {
    this.rejected += 1;
    if (this.#message === '') {
      this.#message = offset === null ? reason : `${reason}, at byte ${offset}`;
    }
  }

  /** @param malformed what `readOtlpBody` said. */
  acceptance(malformed: boolean): OtlpAcceptance {
    const accepted = this.spans + this.logRecords + this.metrics;
    return { accepted, rejected: this.rejected, message: this.#message, malformed };
  }
}

import type { OtlpClock } from './otlpClock.ts';
import type {
  LogRecord,
  MetricRecord,
  ResourceRecord,
  ScopeRecord,
  SpanRecord,
} from './otlpRecords.ts';

/**
 * Takes what the readers of protobuf and of JSON find, in the order of the input: a resource, a scope of it, then the
 * records of that scope. Records are filled again afterwards: nothing of them may be kept.
 */
export interface OtlpSink {
  /** Turns the times of the input into nanoseconds after an epoch. */
  readonly clock: OtlpClock;
  resource(record: ResourceRecord): void;
  scope(record: ScopeRecord): void;
  span(record: SpanRecord): void;
  log(record: LogRecord): void;
  metric(record: MetricRecord): void;
  /** Tells of something that could not be read. `offset`: byte in the input. */
  reject(offset: number | null, reason: string): void;
}

import type { OtlpSignal } from './otlpRecords.ts';
import { LogRecord, ResourceRecord, ScopeRecord, SpanRecord } from './otlpRecords.ts';
import type { OtlpSink } from './otlpSink.ts';
import { ProtobufCursor, ProtobufError, WIRE } from './protobufCursor.ts';
import { readLog } from './protobufLog.ts';
import { readMetric } from './protobufMetric.ts';
import { readSpan } from './protobufSpan.ts';
import { readKeyValue } from './protobufValues.ts';

/** Messages that are read in one go, because they are small. */
export type LeafKind = 'resource' | 'scope' | 'record';

/** Reads resources, scopes and records from memory into a sink. */
export class ProtobufRecords {
  readonly cursor = new ProtobufCursor();
  readonly #sink: OtlpSink;
  readonly #span = new SpanRecord();
  readonly #log = new LogRecord();
  readonly #resource = new ResourceRecord();
  readonly #scope = new ScopeRecord();
  readonly #given: OtlpSignal | null;
  #signal: OtlpSignal | null = null;

  /** @param signal what the records are; null where their shape has to tell. */
  constructor(sink: OtlpSink, signal: OtlpSignal | null) {
    this.#sink = sink;
    this.#given = signal;
  }

  /** Says that another resource begins, whose records may be of another kind; it may be that it is not described. */
  beginResource(): void {
    this.#signal = this.#given;
    this.#resource.clear();
    this.#sink.resource(this.#resource);
  }

  beginScope(): void {
    this.#scope.clear();
    this.#sink.scope(this.#scope);
  }

  /** Reads the message in the cursor. Throws ProtobufError. */
  read(kind: LeafKind, offset: number): void {
    if (kind === 'resource') this.#readResource();
    else if (kind === 'scope') this.#readScope();
    else this.#readRecord(offset);
  }

  #readRecord(offset: number): void {
    const { cursor } = this;
    const signal = this.#signal ?? (this.#signal = signalOf(cursor));
    switch (signal) {
      case 'traces':
        this.#span.clear(offset);
        readSpan(cursor, this.#sink.clock, this.#span);
        this.#sink.span(this.#span);
        break;
      case 'logs':
        this.#log.clear(offset);
        readLog(cursor, this.#sink.clock, this.#log);
        this.#sink.log(this.#log);
        break;
      case 'metrics': {
        const metric = readMetric(cursor, this.#sink.clock, offset);
        if (metric === null) this.#sink.reject(offset, 'a metric of an unknown kind');
        else this.#sink.metric(metric);
        break;
      }
      case null:
        this.#sink.reject(offset, 'a record that is no span, log record or metric');
    }
  }

  #readResource(): void {
    const { cursor } = this;
    this.#resource.clear();
    while (cursor.next()) {
      if (cursor.field === 1 && cursor.wire === WIRE.bytes) {
        readKeyValue(cursor, this.#resource.attributes);
      } else if (cursor.field === 2 && cursor.wire === WIRE.varint) {
        this.#resource.droppedAttributes = cursor.uint();
      } else cursor.skip();
    }
    this.#sink.resource(this.#resource);
  }

  #readScope(): void {
    const { cursor } = this;
    this.#scope.clear();
    while (cursor.next()) {
      if (cursor.field === 1 && cursor.wire === WIRE.bytes) this.#scope.name = cursor.string();
      else if (cursor.field === 2 && cursor.wire === WIRE.bytes) {
        this.#scope.version = cursor.string();
      } else if (cursor.field === 4 && cursor.wire === WIRE.varint) {
        this.#scope.droppedAttributes = cursor.uint();
      } else cursor.skip();
    }
    this.#sink.scope(this.#scope);
  }
}

/** Numbers of Metric.data (metrics.proto). */
const METRIC_FIELDS: ReadonlySet<number> = new Set([5, 7, 9, 10, 11]);

/**
 * Which kind of record the cursor's message is, by the fields and wire types that only one of them has; null where none
 * tells. The cursor does not move.
 */
export function signalOf(cursor: ProtobufCursor): OtlpSignal | null {
  const { at } = cursor;
  let named = false;
  let data = false;
  try {
    while (cursor.next()) {
      const { field, wire } = cursor;
      if (wire === WIRE.fixed64) return field === 7 || field === 8 ? 'traces' : 'logs';
      if (wire === WIRE.varint && field === 2) return 'logs';
      if (wire === WIRE.varint && field === 6) return 'traces';
      if (wire === WIRE.bytes && field === 1) named = true;
      else if (wire === WIRE.bytes && METRIC_FIELDS.has(field)) data = true;
      cursor.skip();
    }
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
  } finally {
    cursor.at = at;
  }
  return named && data ? 'metrics' : null;
}

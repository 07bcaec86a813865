import {
  type Context,
  type HrTime,
  type Span as ApiSpan,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Attributes, AttributeValue } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { TrackKind } from '../model/run.ts';
import type { RunBuilder } from '../model/runBuilder.ts';
import { SPAN_STATUS, type SpanStatus } from '../model/spanStatus.ts';
import type { SpanHandle } from '../model/spanStore.ts';
import { NO_SOURCE, NO_SPAN, NS_PER_SECOND, type SourceId, type TrackId } from '../model/units.ts';
import { fromHrTime } from './otelValues.ts';

/** Attributes that the run keeps in columns of its own. */
const IN_COLUMNS: ReadonlySet<string> = new Set([
  ATTRIBUTE.codeFile,
  ATTRIBUTE.codeFunction,
  ATTRIBUTE.codeLine,
  ATTRIBUTE.codeColumn,
  ATTRIBUTE.track,
  ATTRIBUTE.trackKind,
]);

/** Most spans and most events that one run keeps. */
export interface RecorderLimits {
  readonly maxSpans: number;
  readonly maxInstants: number;
}

interface Place {
  readonly handle: SpanHandle;
  readonly track: TrackId;
}

/**
 * Writes the spans of an OpenTelemetry provider into a run. Beyond the limits it only counts what it does not keep; a
 * child of a span that was not kept hangs on the nearest ancestor that was.
 */
export class RunSpanProcessor implements SpanProcessor {
  readonly #builder: RunBuilder;
  readonly #epochNs: bigint;
  readonly #limits: RecorderLimits;
  readonly #mainTrack: TrackId;
  readonly #places = new WeakMap<ApiSpan, Place>();
  readonly #open = new Map<SpanHandle, ReadableSpan & ApiSpan>();
  #closing = false;

  constructor(builder: RunBuilder, epochNs: bigint, mainTrack: TrackId, limits: RecorderLimits) {
    this.#builder = builder;
    this.#epochNs = epochNs;
    this.#mainTrack = mainTrack;
    this.#limits = limits;
  }

  onStart(span: Span, parentContext: Context): void {
    const parentSpan = trace.getSpan(parentContext);
    const parent = parentSpan === undefined ? undefined : this.#places.get(parentSpan);
    const track = this.#trackOf(span) ?? parent?.track ?? this.#mainTrack;
    if (this.#builder.spanCount >= this.#limits.maxSpans) {
      this.#builder.drop('droppedSpans');
      this.#places.set(span, { handle: parent?.handle ?? NO_SPAN, track });
      return;
    }
    const handle = this.#builder.openSpan({
      name: span.name,
      startNs: fromHrTime(span.startTime, this.#epochNs),
      track,
      parent: parent?.handle ?? null,
      id: BigInt(`0x${span.spanContext().spanId}`),
      source: this.#sourceOf(span),
    });
    this.#places.set(span, { handle, track });
    this.#open.set(handle, span);
  }

  onEnd(span: ReadableSpan): void {
    const place = this.#places.get(span as ReadableSpan & ApiSpan);
    if (place === undefined || this.#open.get(place.handle) !== span) return;
    this.#open.delete(place.handle);
    this.#write(span, place);
    const [startSeconds, startNs] = span.startTime;
    const [endSeconds, endNs] = span.endTime;
    const durationNs = (endSeconds - startSeconds) * NS_PER_SECOND + (endNs - startNs);
    this.#builder.closeSpan(place.handle, Math.max(0, durationNs), this.#statusOf(span));
  }

  /** Ends the spans that are still open, all but the root, the youngest first; the run marks them as open. */
  closeOpenSpans(root: ApiSpan, endTime: HrTime): void {
    this.#closing = true;
    for (const span of [...this.#open.values()].reverse()) {
      if (span !== root) span.end(endTime);
    }
    this.#closing = false;
  }

  /** Writes to the run what the open spans hold so far; for a snapshot, which takes it back. */
  writeOpenSpans(): void {
    for (const span of this.#open.values()) {
      const place = this.#places.get(span);
      if (place !== undefined) this.#write(span, place);
    }
  }

  /** The handle of a span in the run, or that of its nearest kept ancestor, or -1. */
  handleOf(span: ApiSpan): SpanHandle {
    return this.#places.get(span)?.handle ?? NO_SPAN;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  #statusOf(span: ReadableSpan): SpanStatus {
    if (span.status.code === SpanStatusCode.ERROR) return SPAN_STATUS.error;
    if (this.#closing) return SPAN_STATUS.open;
    return span.status.code === SpanStatusCode.OK ? SPAN_STATUS.ok : SPAN_STATUS.unset;
  }

  #write(span: ReadableSpan, place: Place): void {
    const { attributes } = span;
    for (const key in attributes) {
      const value = attributes[key];
      if (value === undefined || IN_COLUMNS.has(key)) continue;
      this.#builder.setAttributes(place.handle, { [key]: value as AttributeValue });
    }
    if (span.droppedEventsCount > 0) {
      this.#builder.drop('droppedInstants', span.droppedEventsCount);
    }
    for (const event of span.events) {
      if (this.#builder.instantCount >= this.#limits.maxInstants) {
        this.#builder.drop('droppedInstants');
        continue;
      }
      this.#builder.addInstant({
        kind: 'event',
        text: event.name,
        timeNs: fromHrTime(event.time, this.#epochNs),
        span: place.handle,
        track: place.track,
        attributes: event.attributes as Attributes | undefined,
      });
    }
  }

  #trackOf(span: ReadableSpan): TrackId | undefined {
    const name = span.attributes[ATTRIBUTE.track];
    if (typeof name !== 'string') return undefined;
    const kind = span.attributes[ATTRIBUTE.trackKind];
    return this.#builder.track(name, isTrackKind(kind) ? kind : 'process');
  }

  #sourceOf(span: ReadableSpan): SourceId {
    const file = span.attributes[ATTRIBUTE.codeFile];
    const line = span.attributes[ATTRIBUTE.codeLine];
    const functionName = span.attributes[ATTRIBUTE.codeFunction];
    if (typeof file !== 'string' || file === '' || typeof line !== 'number') return NO_SOURCE;
    return this.#builder.source({
      file,
      line,
      ...(typeof functionName === 'string' ? { functionName } : {}),
      rung: 'code-attribute',
    });
  }
}

function isTrackKind(value: unknown): value is TrackKind {
  return value === 'process' || value === 'thread' || value === 'resource';
}

import { ATTRIBUTE } from '../../model/attributeNames.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import { SPAN_STATUS, type SpanStatus } from '../../model/spanStatus.ts';
import type { TrackId } from '../../model/units.ts';
import { ClientLosses } from './clientLosses.ts';
import type { OtlpClock } from './otlpClock.ts';
import {
  AttributeList,
  type EventRecord,
  ID_STATE,
  type LogRecord,
  type MetricRecord,
  type ResourceRecord,
  type ScopeRecord,
  type SpanRecord,
} from './otlpRecords.ts';
import type { OtlpSink } from './otlpSink.ts';
import { OtlpRunState } from './otlpRunState.ts';
import { type Process, namesTrack } from './processes.ts';
import { addEvent } from './addEvent.ts';
import { clientOf, environmentOf } from './resourceEnvironment.ts';
import { levelOf } from './severity.ts';
import { spanProblem } from './spanProblem.ts';

/** Words for the kinds that say something: without one, a span is internal (trace.proto). */
const SPAN_KINDS: readonly (string | undefined)[] = [
  undefined,
  undefined,
  'server',
  'client',
  'producer',
  'consumer',
];

/** Where a sink puts what it is given. */
export interface RunSinkTarget {
  readonly builder: RunBuilder;
  /** Added to every time of the clock. */
  readonly offsetNs: number;
  reject(offset: number | null, reason: string): void;
}

/** Puts what the readers find into a run. Inputs of one builder share its tree, whichever order they come in. */
export class RunSink implements OtlpSink {
  readonly clock: OtlpClock;
  readonly #open: () => RunSinkTarget;
  readonly #losses = new ClientLosses();
  readonly #resource = new AttributeList();
  #target: RunSinkTarget | null = null;
  #state: OtlpRunState | null = null;
  #process: Process | null = null;
  /** Whether the run knows what the resource at hand tells of its surroundings. */
  #described = false;
  #firstScope: string | null = null;
  #scope = '';
  #accepted = 0;
  #rejected = 0;
  #problem = '';

  /**
   * @param open gives the target; called with the first record, when the epoch of the clock is known and the resource
   *   was read.
   */
  constructor(clock: OtlpClock, open: () => RunSinkTarget) {
    this.clock = clock;
    this.#open = open;
  }

  /** Spans, log records and metrics that were kept. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Rows that were not. */
  get rejected(): number {
    return this.#rejected;
  }

  /** The first reason for which a row was not kept, with its place; empty without one. */
  get problem(): string {
    return this.#problem;
  }

  /** The resource of the records that come now. */
  get currentResource(): AttributeList {
    return this.#resource;
  }

  resource(record: ResourceRecord): void {
    this.#resource.clear();
    this.#resource.addAll(record.attributes);
    this.#process = null;
    this.#described = false;
    this.#firstScope = null;
    this.#scope = '';
    this.#losses.attributes += record.droppedAttributes;
  }

  scope(record: ScopeRecord): void {
    this.#scope = '';
    if (record.name === '') return;
    this.#firstScope ??= record.name;
    this.#scope = record.name === this.#firstScope ? '' : record.name;
    this.#losses.attributes += record.droppedAttributes;
  }

  span(record: SpanRecord): void {
    const { builder, offsetNs } = this.#begun();
    const { ids, sources } = this.#shared();
    const problem = spanProblem(record);
    if (problem !== null) {
      this.reject(record.offset, problem);
      return;
    }
    const entry = ids.entry(record.trace, record.id);
    if (ids.isTaken(entry)) {
      this.reject(record.offset, `a span with the id ${record.id.hex} that another has`);
      return;
    }
    const source = sources.take(record.attributes);
    const startNs = record.startNs + offsetNs;
    const input = {
      name: record.name,
      startNs,
      track: this.#trackOf(record.attributes),
      parent: this.#parentOf(record),
      idHigh: record.id.words[0],
      idLow: record.id.words[1],
      source,
    };
    const handle = Number.isNaN(record.endNs)
      ? builder.openSpan(input)
      : builder.addSpan({
          ...input,
          durationNs: record.endNs - record.startNs,
          status: statusOf(record.statusCode),
        });
    this.#accepted += 1;
    if (input.parent === null && record.parent.valid) {
      ids.wait('child', handle, record.trace, record.parent);
    }
    ids.take(entry, handle);
    this.#attributes(handle, record);
    this.#relations(handle, record, offsetNs, input.track);
  }

  log(record: LogRecord): void {
    const target = this.#begun();
    const { ids } = this.#shared();
    const timeNs = Number.isNaN(record.timeNs) ? record.observedNs : record.timeNs;
    if (Number.isNaN(timeNs)) {
      this.reject(record.offset, 'a log record without a time');
      return;
    }
    this.#losses.attributes += record.droppedAttributes;
    const text = record.body === null ? record.eventName : String(record.body);
    const level = levelOf(record.severity, record.severityText);
    const inSpan = record.trace.valid && record.span.valid;
    const span = inSpan ? ids.find(record.trace, record.span) : null;
    const track = this.#trackOf(record.attributes);
    if (record.eventName !== '' && record.body !== null) {
      record.attributes.add('event.name', record.eventName);
    }
    target.builder.addInstant({
      kind: 'log',
      text,
      timeNs: timeNs + target.offsetNs,
      level,
      span: span ?? undefined,
      track,
      attributes: record.attributes.toObject(),
    });
    if (inSpan && span === null) {
      ids.wait('instant', target.builder.instantCount - 1, record.trace, record.span);
    }
    this.#shared()
      .logOf(track)
      .line(text, timeNs + target.offsetNs);
    this.#accepted += 1;
  }

  metric(record: MetricRecord): void {
    const { offsetNs } = this.#begun();
    if (record.name === '') {
      this.reject(record.offset, 'a metric without a name');
      return;
    }
    this.#shared().counters.add(record, this.#here().track, offsetNs);
    this.#accepted += 1;
  }

  reject(offset: number | null, reason: string): void {
    this.#rejected += 1;
    this.#problem ||= offset === null ? reason : `${reason}, at byte ${offset}`;
    this.#begun().reject(offset, reason);
  }

  /** Tells of what the client says it has dropped; to be called at the end of an input. */
  finish(): void {
    const target = this.#begun();
    this.#losses.tell(target.builder, (reason) => target.reject(null, reason));
  }

  #begun(): RunSinkTarget {
    if (this.#target === null) {
      this.#target = this.#open();
      this.#state = OtlpRunState.of(this.#target.builder);
    }
    if (!this.#described) {
      this.#described = true;
      this.#target.builder.addEnvironment(environmentOf(this.#resource));
      if (this.#resource.length > 0) this.#shared().setClient(clientOf(this.#resource));
    }
    return this.#target;
  }

  #shared(): OtlpRunState {
    this.#state ??= OtlpRunState.of(this.#begun().builder);
    return this.#state;
  }

  #here(): Process {
    if (this.#process !== null) return this.#process;
    this.#process = this.#shared().processes.of(this.#resource);
    return this.#process;
  }

  #trackOf(attributes: AttributeList): TrackId {
    if (!namesTrack(attributes)) return this.#here().track;
    return this.#shared().processes.trackOf(() => this.#here(), attributes);
  }

  #parentOf(record: SpanRecord): SpanHandle | null {
    const { parent, trace } = record;
    if (parent.state === ID_STATE.malformed) {
      this.#begun().reject(record.offset, 'a parent id that is none: the span is kept as a root');
    }
    return parent.valid ? this.#shared().ids.find(trace, parent) : null;
  }

  #attributes(handle: SpanHandle, record: SpanRecord): void {
    const { builder } = this.#begun();
    const { keys, values, length } = record.attributes;
    for (let i = 0; i < length; i += 1) {
      const key = keys[i] ?? '';
      const value = values[i];
      if (value === undefined || key === ATTRIBUTE.track || key === ATTRIBUTE.trackKind) continue;
      builder.setAttribute(handle, key, value);
    }
    const kind = SPAN_KINDS[record.kind];
    if (kind !== undefined) builder.setAttribute(handle, 'span.kind', kind);
    if (record.traceState !== '') builder.setAttribute(handle, 'tracestate', record.traceState);
    if (this.#scope !== '') builder.setAttribute(handle, 'otel.scope.name', this.#scope);
    if (record.statusMessage !== '') {
      builder.setAttribute(handle, 'otel.status_description', record.statusMessage);
    }
  }

  #relations(handle: SpanHandle, record: SpanRecord, offsetNs: number, track: TrackId): void {
    const { ids } = this.#shared();
    for (const event of record.events) this.#event(handle, event, record, offsetNs, track);
    for (const { trace, span } of record.links) {
      if (!trace.valid || !span.valid) continue;
      const to = ids.find(trace, span);
      if (to === null) ids.wait('link', handle, trace, span);
      else this.#begun().builder.addLink(handle, to);
    }
    this.#losses.attributes += record.droppedAttributes;
    this.#losses.events += record.droppedEvents;
    this.#losses.links += record.droppedLinks;
  }

  #event(
    span: SpanHandle,
    event: EventRecord,
    record: SpanRecord,
    offsetNs: number,
    track: TrackId,
  ): void {
    this.#losses.attributes += event.droppedAttributes;
    const timeNs = (Number.isNaN(event.timeNs) ? record.startNs : event.timeNs) + offsetNs;
    addEvent(this.#begun().builder, event, { timeNs, span, track });
  }
}

function statusOf(code: number): SpanStatus {
  return code === SPAN_STATUS.ok || code === SPAN_STATUS.error ? code : SPAN_STATUS.unset;
}

import type { AttributeValue } from '../../model/attributes.ts';

/** The three kinds of requests of OTLP, by the last part of their path. */
export const OTLP_SIGNALS = ['traces', 'logs', 'metrics'] as const;

export type OtlpSignal = (typeof OTLP_SIGNALS)[number];

/**
 * Attributes in the order in which they were read; a key may repeat. Filled again and again: only the first `length` keys
 * and values count, so that reading a span makes no array.
 */
export class AttributeList {
  readonly keys: string[] = [];
  readonly values: AttributeValue[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(key: string, value: AttributeValue): void {
    this.keys[this.#length] = key;
    this.values[this.#length] = value;
    this.#length += 1;
  }

  clear(): void {
    this.#length = 0;
  }

  /** Removes the attribute at an index; the order changes. */
  removeAt(index: number): void {
    this.#length -= 1;
    this.keys[index] = this.keys[this.#length] ?? '';
    this.values[index] = this.values[this.#length] ?? '';
  }

  /** The value of a key; of one that is there twice the later. */
  get(key: string): AttributeValue | undefined {
    for (let i = this.#length - 1; i >= 0; i -= 1) if (this.keys[i] === key) return this.values[i];
    return undefined;
  }

  /** Adds all attributes of another list. */
  addAll(other: AttributeList): void {
    for (let i = 0; i < other.length; i += 1) this.add(other.keys[i] ?? '', other.values[i] ?? '');
  }

  /** As an object without a prototype: a key may have any name. */
  toObject(): Record<string, AttributeValue> {
    const out = Object.create(null) as Record<string, AttributeValue>;
    for (let i = 0; i < this.#length; i += 1) out[this.keys[i] ?? ''] = this.values[i] ?? '';
    return out;
  }
}

/** What a field that should hold an id held. */
export const ID_STATE = { missing: 0, valid: 1, zero: 2, malformed: 3 } as const;

export type IdState = (typeof ID_STATE)[keyof typeof ID_STATE];

/** An id of a trace (4 words) or of a span (2 words), 32 bits a word, the first word the highest. */
export class OtlpId {
  readonly words: Uint32Array;
  state: IdState = ID_STATE.missing;

  constructor(words: number) {
    this.words = new Uint32Array(words);
  }

  /** Says that the words hold what was read. */
  set(): void {
    this.state = this.words.every((word) => word === 0) ? ID_STATE.zero : ID_STATE.valid;
  }

  get valid(): boolean {
    return this.state === ID_STATE.valid;
  }

  /** Hexadecimal digits. */
  get hex(): string {
    return Array.from(this.words, (word) => word.toString(16).padStart(8, '0')).join('');
  }
}

/** A resource: the process, or the like, that records come from. */
export class ResourceRecord {
  readonly attributes = new AttributeList();
  droppedAttributes = 0;

  clear(): void {
    this.attributes.clear();
    this.droppedAttributes = 0;
  }
}

/** The library that made records. */
export class ScopeRecord {
  name = '';
  version = '';
  droppedAttributes = 0;

  clear(): void {
    this.name = '';
    this.version = '';
    this.droppedAttributes = 0;
  }
}

export interface EventRecord {
  readonly name: string;
  /** On the reader's clock; NaN where it has none. */
  readonly timeNs: number;
  readonly attributes: Record<string, AttributeValue>;
  readonly droppedAttributes: number;
}

export interface LinkRecord {
  readonly trace: OtlpId;
  readonly span: OtlpId;
}

/** A span as it was read. One object is filled again and again: whoever gets it keeps nothing of it. */
export class SpanRecord {
  /** Byte offset in the input. */
  offset = 0;
  readonly trace = new OtlpId(4);
  readonly id = new OtlpId(2);
  readonly parent = new OtlpId(2);
  name = '';
  /** SPAN_KIND of trace.proto. */
  kind = 0;
  traceState = '';
  /** On the reader's clock; NaN where it is missing, 0, or no time. */
  startNs = Number.NaN;
  endNs = Number.NaN;
  /** STATUS_CODE of trace.proto. */
  statusCode = 0;
  statusMessage = '';
  readonly attributes = new AttributeList();
  readonly events: EventRecord[] = [];
  readonly links: LinkRecord[] = [];
  droppedAttributes = 0;
  droppedEvents = 0;
  droppedLinks = 0;

  clear(offset: number): void {
    this.offset = offset;
    this.trace.state = ID_STATE.missing;
    this.id.state = ID_STATE.missing;
    this.parent.state = ID_STATE.missing;
    this.name = '';
    this.kind = 0;
    this.traceState = '';
    this.startNs = Number.NaN;
    this.endNs = Number.NaN;
    this.statusCode = 0;
    this.statusMessage = '';
    this.attributes.clear();
    if (this.events.length > 0) this.events.length = 0;
    if (this.links.length > 0) this.links.length = 0;
    this.droppedAttributes = 0;
    this.droppedEvents = 0;
    this.droppedLinks = 0;
  }
}

/** A log record as it was read; filled again and again. */
export class LogRecord {
  offset = 0;
  readonly trace = new OtlpId(4);
  readonly span = new OtlpId(2);
  timeNs = Number.NaN;
  /** When it was collected, for records without a time of their own. */
  observedNs = Number.NaN;
  /** SEVERITY_NUMBER of logs.proto. */
  severity = 0;
  severityText = '';
  eventName = '';
  body: AttributeValue | null = null;
  readonly attributes = new AttributeList();
  droppedAttributes = 0;

  clear(offset: number): void {
    this.offset = offset;
    this.trace.state = ID_STATE.missing;
    this.span.state = ID_STATE.missing;
    this.timeNs = Number.NaN;
    this.observedNs = Number.NaN;
    this.severity = 0;
    this.severityText = '';
    this.eventName = '';
    this.body = null;
    this.attributes.clear();
    this.droppedAttributes = 0;
  }
}

/** One data point of a metric. */
export interface MetricPoint {
  readonly timeNs: number;
  readonly attributes: Record<string, AttributeValue>;
  /** Of a gauge or a sum; null for the others. */
  readonly value: number | null;
  /** Of a histogram or a summary; null where it is not given. */
  readonly count: number | null;
  readonly sum: number | null;
  /** Says that nothing was measured (flag NO_RECORDED_VALUE). */
  readonly empty: boolean;
}

export type MetricKind = 'gauge' | 'sum' | 'histogram' | 'summary';

/** A metric with the data points of one export. */
export interface MetricRecord {
  readonly offset: number;
  readonly name: string;
  readonly unit: string;
  readonly kind: MetricKind;
  /** Whether each point counts from the point before instead of from the start. */
  readonly delta: boolean;
  readonly points: readonly MetricPoint[];
}

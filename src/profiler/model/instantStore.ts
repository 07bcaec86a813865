import { type Attributes, encodeInstantAttributes } from './attributes.ts';
import { INSTANT_KIND, type InstantColumns, LOG_LEVEL } from './columns.ts';
import { GrowingColumn } from './growingColumn.ts';
import { ProfilerError } from './profilerError.ts';
import { MAX_TIME_NS, type SpanHandle } from './spanStore.ts';
import type { StringTable } from './stringTable.ts';
import { NO_SPAN, type TrackId } from './units.ts';

/** A log line or an event to be added to a run. */
export interface InstantInput {
  readonly kind: keyof typeof INSTANT_KIND;
  /** The log line, or the event's name. */
  readonly text: string;
  /** Nanoseconds relative to the builder's epoch. */
  readonly timeNs: number;
  readonly level?: keyof typeof LOG_LEVEL | undefined;
  readonly span?: SpanHandle | undefined;
  readonly track: TrackId;
  readonly attributes?: Attributes | undefined;
}

/** The instants of a run under construction, in the order of their addition. */
export class InstantStore {
  readonly timeNs = new GrowingColumn((n) => new Float64Array(n));
  readonly #textId = new GrowingColumn((n) => new Uint32Array(n));
  readonly #kind = new GrowingColumn((n) => new Uint8Array(n));
  readonly #level = new GrowingColumn((n) => new Uint8Array(n));
  readonly #span = new GrowingColumn((n) => new Int32Array(n));
  readonly #trackId = new GrowingColumn((n) => new Uint32Array(n));
  readonly #attributesId = new GrowingColumn((n) => new Uint32Array(n));
  readonly #strings: StringTable;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  get count(): number {
    return this.timeNs.length;
  }

  /** Throws `span.invalid-time` for a time that is no number or beyond MAX_TIME_NS. */
  add(input: InstantInput): void {
    if (!(Math.abs(input.timeNs) <= MAX_TIME_NS)) {
      throw new ProfilerError('span.invalid-time', `An instant lies at ${input.timeNs} ns.`);
    }
    this.timeNs.push(input.timeNs);
    this.#textId.push(this.#strings.intern(input.text));
    this.#kind.push(INSTANT_KIND[input.kind]);
    this.#level.push(LOG_LEVEL[input.level ?? 'none']);
    this.#span.push(input.span ?? NO_SPAN);
    this.#trackId.push(input.track);
    this.#attributesId.push(this.#strings.intern(encodeInstantAttributes(input.attributes)));
  }

  /** Puts an instant into a span. */
  setSpan(instant: number, span: SpanHandle): void {
    this.#span.set(instant, span);
  }

  /** Forgets the instants that were added after the first `count`. */
  truncate(count: number): void {
    this.timeNs.truncate(count);
    this.#textId.truncate(count);
    this.#kind.truncate(count);
    this.#level.truncate(count);
    this.#span.truncate(count);
    this.#trackId.truncate(count);
    this.#attributesId.truncate(count);
  }

  /** The instants ordered by time, `shiftNs` subtracted, spans given by their index. */
  finish(shiftNs: number, indexOf: Int32Array): InstantColumns {
    const time = this.timeNs.view();
    const order = Uint32Array.from({ length: this.count }, (_, i) => i);
    order.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b);
    return {
      timeNs: Float64Array.from(order, (i) => (time[i] ?? 0) - shiftNs),
      textId: Uint32Array.from(order, (i) => this.#textId.get(i)),
      kind: Uint8Array.from(order, (i) => this.#kind.get(i)),
      level: Uint8Array.from(order, (i) => this.#level.get(i)),
      span: Int32Array.from(order, (i) => indexOf[this.#span.get(i)] ?? NO_SPAN),
      trackId: Uint32Array.from(order, (i) => this.#trackId.get(i)),
      attributesId: Uint32Array.from(order, (i) => this.#attributesId.get(i)),
    };
  }
}

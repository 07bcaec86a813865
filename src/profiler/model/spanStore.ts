import { type AttributeValue, encodeAttribute } from './attributes.ts';
import { GrowingColumn } from './growingColumn.ts';
import { INFER_PARENT, INFER_PARENT_CHILDREN_FIRST } from './inferParents.ts';
import { ProfilerError } from './profilerError.ts';
import { SPAN_STATUS, type SpanStatus } from './spanStatus.ts';
import type { StringTable } from './stringTable.ts';
import { NO_SOURCE, NO_SPAN, type SourceId, type TrackId } from './units.ts';

/** Names a span while its run is built: the order of its addition. -1 for no span. */
export type SpanHandle = number;

/** A span to be added to a run; times in nanoseconds relative to the builder's epoch. */
export interface SpanInput {
  readonly name: string;
  /** May be negative: the finished run begins at its earliest time. */
  readonly startNs: number;
  readonly track: TrackId;
  /**
   * Handle of the parent, or null for a root. Where it and `parentId` are left out, the parent is the innermost span of
   * the same track that contains this one.
   */
  readonly parent?: SpanHandle | null | undefined;
  /**
   * Whether, of spans with one start and one duration whose parents are to be found, the one that was added last is the
   * outermost: writers that write a span when it ends write children first.
   */
  readonly childrenFirst?: boolean;
  /** Id of the parent, which may be added later. A parent that never comes leaves a root. */
  readonly parentId?: bigint | undefined;
  /** The client's own id: 64 bits, 0 for none. */
  readonly id?: bigint | undefined;
  /** The same as two halves of 32 bits, for readers that add millions; not looked at where `id` is given. */
  readonly idHigh?: number | undefined;
  readonly idLow?: number | undefined;
  readonly source?: SourceId | undefined;
}

/**
 * Times further from the epoch are nobody's: 30 million years, which the decimal digits of a stored epoch can tell.
 */
export const MAX_TIME_NS = 1e24;

/** Throws `span.invalid-time` for a duration that is negative, no number or beyond MAX_TIME_NS. */
export function checkDuration(durationNs: number): void {
  if (!(durationNs >= 0 && durationNs <= MAX_TIME_NS)) {
    throw new ProfilerError('span.invalid-time', `A span lasts ${durationNs} ns.`);
  }
}

const LOW_32 = 0xffffffffn;

/** The spans of a run under construction, in the order of their addition. */
export class SpanStore {
  readonly startNs = new GrowingColumn((n) => new Float64Array(n));
  /** NaN while the span is open. */
  readonly durationNs = new GrowingColumn((n) => new Float64Array(n));
  readonly nameId = new GrowingColumn((n) => new Uint32Array(n));
  readonly trackId = new GrowingColumn((n) => new Uint32Array(n));
  readonly sourceId = new GrowingColumn((n) => new Uint32Array(n));
  readonly parent = new GrowingColumn((n) => new Int32Array(n));
  readonly status = new GrowingColumn((n) => new Uint8Array(n));
  readonly idHigh = new GrowingColumn((n) => new Uint32Array(n));
  readonly idLow = new GrowingColumn((n) => new Uint32Array(n));
  /** Spans that name their parent by its id, and those ids. */
  readonly orphan = new GrowingColumn((n) => new Uint32Array(n));
  readonly orphanParentHigh = new GrowingColumn((n) => new Uint32Array(n));
  readonly orphanParentLow = new GrowingColumn((n) => new Uint32Array(n));
  readonly attributeSpan = new GrowingColumn((n) => new Uint32Array(n));
  readonly attributeKeyId = new GrowingColumn((n) => new Uint32Array(n));
  readonly attributeType = new GrowingColumn((n) => new Uint8Array(n));
  readonly attributeValue = new GrowingColumn((n) => new Float64Array(n));
  readonly #strings: StringTable;
  #hasIds = false;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  get count(): number {
    return this.startNs.length;
  }

  /** Whether any span has an id of its own. */
  get hasIds(): boolean {
    return this.#hasIds;
  }

  /** Adds an open span. Throws `span.invalid-time` for a start that is no number or beyond MAX_TIME_NS. */
  open(input: SpanInput): SpanHandle {
    if (!(Math.abs(input.startNs) <= MAX_TIME_NS)) {
      throw new ProfilerError('span.invalid-time', `A span starts at ${input.startNs} ns.`);
    }
    const handle = this.count;
    this.startNs.push(input.startNs);
    this.durationNs.push(Number.NaN);
    this.nameId.push(this.#strings.intern(input.name));
    this.trackId.push(input.track);
    this.sourceId.push(input.source ?? NO_SOURCE);
    this.status.push(SPAN_STATUS.open);
    this.parent.push(this.#parentOf(input, handle));
    this.#pushId(input);
    return handle;
  }

  /** Ends an open span. Throws `span.invalid-time` for a duration that is negative, no number or beyond MAX_TIME_NS. */
  close(handle: SpanHandle, durationNs: number, status: SpanStatus): void {
    this.check(handle);
    checkDuration(durationNs);
    this.durationNs.set(handle, durationNs);
    this.status.set(handle, status);
  }

  setAttribute(handle: SpanHandle, key: string, value: AttributeValue): void {
    this.check(handle);
    const encoded = encodeAttribute(value, this.#strings);
    this.attributeSpan.push(handle);
    this.attributeKeyId.push(this.#strings.intern(key));
    this.attributeType.push(encoded.type);
    this.attributeValue.push(encoded.value);
  }

  /** Forgets the attributes that were set after the first `count`. */
  truncateAttributes(count: number): void {
    this.attributeSpan.truncate(count);
    this.attributeKeyId.truncate(count);
    this.attributeType.truncate(count);
    this.attributeValue.truncate(count);
  }

  /** Throws `span.unknown-handle` for a handle that was never given out. */
  check(handle: SpanHandle): void {
    if (!(handle >= 0 && handle < this.count)) {
      throw new ProfilerError('span.unknown-handle', `There is no span with the handle ${handle}.`);
    }
  }

  #pushId({ id, idHigh = 0, idLow = 0 }: SpanInput): void {
    const high = id === undefined ? idHigh : Number((id >> 32n) & LOW_32);
    const low = id === undefined ? idLow : Number(id & LOW_32);
    this.idHigh.push(high);
    this.idLow.push(low);
    if (high !== 0 || low !== 0) this.#hasIds = true;
  }

  #parentOf(input: SpanInput, handle: SpanHandle): number {
    if (input.parent === null) return NO_SPAN;
    if (input.parent !== undefined) return input.parent >= 0 ? input.parent : NO_SPAN;
    if (input.parentId === undefined) {
      return input.childrenFirst === true ? INFER_PARENT_CHILDREN_FIRST : INFER_PARENT;
    }
    if (input.parentId !== 0n) {
      this.orphan.push(handle);
      this.orphanParentHigh.push(Number((input.parentId >> 32n) & LOW_32));
      this.orphanParentLow.push(Number(input.parentId & LOW_32));
    }
    return NO_SPAN;
  }
}

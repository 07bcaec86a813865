import { GrowingColumn } from '../../model/growingColumn.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import type { OtlpId } from './otlpRecords.ts';
import { WordTable } from './wordTable.ts';

/** What waits for a span that is not there yet: its child, a span that links to it, or an instant in it. */
type Waiter = 'child' | 'link' | 'instant';

const WAITERS: readonly Waiter[] = ['child', 'link', 'instant'];
const NONE = -1;

/** Ids that are kept at hand: a span's own is asked for twice, and its parent's again for its siblings. */
const RECENT_IDS = 64;

/**
 * Which span has which id, over all inputs of a run: whatever names a span before it is there is put right when it
 * comes. Spans of different traces may have the same id.
 */
export class SpanIds {
  readonly #builder: RunBuilder;
  readonly #traces = new WordTable(4);
  readonly #ids = new WordTable(3);
  readonly #key = new Uint32Array(3);
  /** Low and high half, 1 + the trace's number, and the entry; by the last bits of the id. */
  readonly #recent = new Uint32Array(RECENT_IDS * 4);
  readonly #lastTrace = new Uint32Array(4);
  #lastTraceNumber = NONE;
  /** By id: the span, or NONE. */
  readonly #handles = new GrowingColumn((n) => new Int32Array(n));
  /** By id: the newest entry of the list of those who wait for it, or NONE. */
  readonly #waiting = new GrowingColumn((n) => new Int32Array(n));
  readonly #waiterHandle = new GrowingColumn((n) => new Int32Array(n));
  readonly #waiterKind = new GrowingColumn((n) => new Uint8Array(n));
  readonly #nextWaiter = new GrowingColumn((n) => new Int32Array(n));

  constructor(builder: RunBuilder) {
    this.#builder = builder;
  }

  /** Number of traces that were named. */
  get traces(): number {
    return this.#traces.size;
  }

  /** Whether a span has the id of that entry. */
  isTaken(entry: number): boolean {
    return this.#handles.get(entry) !== NONE;
  }

  /** The span of an id, or null. */
  find(trace: OtlpId, id: OtlpId): SpanHandle | null {
    const handle = this.#handles.get(this.entry(trace, id));
    return handle === NONE ? null : handle;
  }

  /** Says that a span has an id that no other has, and gives it to those who waited for it. */
  take(entry: number, handle: SpanHandle): void {
    this.#handles.set(entry, handle);
    let waiter = this.#waiting.get(entry);
    this.#waiting.set(entry, NONE);
    for (; waiter !== NONE; waiter = this.#nextWaiter.get(waiter)) {
      const waiting = this.#waiterHandle.get(waiter);
      const kind = WAITERS[this.#waiterKind.get(waiter)];
      if (kind === 'child') this.#builder.setParent(waiting, handle);
      else if (kind === 'link') this.#builder.addLink(waiting, handle);
      else this.#builder.setInstantSpan(waiting, handle);
    }
  }

  /** Has a span, or an instant by its number, wait for the span of an id that is not there yet. */
  wait(kind: Waiter, waiting: number, trace: OtlpId, id: OtlpId): void {
    const entry = this.entry(trace, id);
    this.#nextWaiter.push(this.#waiting.get(entry));
    this.#waiting.set(entry, this.#waiterHandle.length);
    this.#waiterHandle.push(waiting);
    this.#waiterKind.push(WAITERS.indexOf(kind));
  }

  /** The entry of an id: a number to ask and to take it with, so that it is looked up once only. */
  entry(trace: OtlpId, id: OtlpId): number {
    const traceNumber = this.#traceNumber(trace.words);
    const high = id.words[0] ?? 0;
    const low = id.words[1] ?? 0;
    const recent = this.#recent;
    const at = (low & (RECENT_IDS - 1)) * 4;
    if (recent[at] === low && recent[at + 1] === high && recent[at + 2] === traceNumber + 1) {
      return recent[at + 3] ?? 0;
    }
    this.#key[0] = traceNumber;
    this.#key[1] = high;
    this.#key[2] = low;
    const entry = this.#ids.add(this.#key);
    recent[at] = low;
    recent[at + 1] = high;
    recent[at + 2] = traceNumber + 1;
    recent[at + 3] = entry;
    if (entry === this.#handles.length) {
      this.#handles.push(NONE);
      this.#waiting.push(NONE);
    }
    return entry;
  }

  #traceNumber(words: Uint32Array): number {
    const last = this.#lastTrace;
    if (
      this.#lastTraceNumber !== NONE &&
      last[3] === words[3] &&
      last[2] === words[2] &&
      last[1] === words[1] &&
      last[0] === words[0]
    ) {
      return this.#lastTraceNumber;
    }
    last.set(words);
    this.#lastTraceNumber = this.#traces.add(words);
    return this.#lastTraceNumber;
  }
}

import type { Run } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NO_SPAN, type SpanIndex, type TrackId } from '../model/units.ts';
import type { LeftHeavyLayout } from './leftHeavyLayout.ts';
import { type NameTable, nameText } from './nameTable.ts';

/** What the spans of one name come to; nanoseconds, or weights in a run without time order. */
export interface NameTotal {
  readonly nameId: number;
  readonly name: string;
  readonly count: number;
  /** Of calls inside of one of the same name only the outermost counts. */
  readonly total: number;
  readonly self: number;
  readonly max: number;
  /** The longest. */
  readonly span: SpanIndex;
  readonly errors: number;
}

/** A table of names while it is filled. */
class Totals {
  readonly count: Uint32Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  readonly max: Float64Array;
  readonly span: Uint32Array;
  readonly errors: Uint32Array;

  constructor(names: number) {
    this.count = new Uint32Array(names);
    this.total = new Float64Array(names);
    this.self = new Float64Array(names);
    this.max = new Float64Array(names).fill(-Infinity);
    this.span = new Uint32Array(names);
    this.errors = new Uint32Array(names);
  }

  add(name: number, count: number, total: number, self: number, errors: number): void {
    this.count[name] = (this.count[name] ?? 0) + count;
    this.total[name] = (this.total[name] ?? 0) + total;
    this.self[name] = (this.self[name] ?? 0) + self;
    this.errors[name] = (this.errors[name] ?? 0) + errors;
  }

  longest(name: number, amount: number, span: SpanIndex): void {
    if (amount <= (this.max[name] ?? 0)) return;
    this.max[name] = amount;
    this.span[name] = span;
  }

  /** The names that occur, the greatest in `by` first, at most `limit`; and how many there are. */
  rows(
    run: Run,
    names: NameTable,
    by: 'total' | 'self',
    limit: number,
  ): { rows: NameTotal[]; all: number } {
    const key = this[by];
    const occurring = Uint32Array.from(this.count.keys()).filter((name) => this.count[name] !== 0);
    occurring.sort((a, b) => (key[b] ?? 0) - (key[a] ?? 0) || a - b);
    const rows = Array.from(occurring.subarray(0, limit), (nameId) => this.row(run, names, nameId));
    return { rows, all: occurring.length };
  }

  row(run: Run, names: NameTable, nameId: number): NameTotal {
    return {
      nameId,
      name: nameText(run, names, nameId),
      count: this.count[nameId] ?? 0,
      total: this.total[nameId] ?? 0,
      self: this.self[nameId] ?? 0,
      max: Math.max(0, this.max[nameId] ?? 0),
      span: this.span[nameId] ?? 0,
      errors: this.errors[nameId] ?? 0,
    };
  }
}

/** The functions of a run. */
export class FunctionTable {
  readonly #run: Run;
  readonly #names: NameTable;
  readonly #totals: Totals;

  /** @param outermost by node, of `outermostNodes`. */
  constructor(run: Run, names: NameTable, layout: LeftHeavyLayout, outermost: Uint8Array) {
    this.#run = run;
    this.#names = names;
    const totals = new Totals(names.strings.length);
    const { nameId, total, self, count, errors, most, longest } = layout;
    for (let node = 0; node < nameId.length; node += 1) {
      const name = (names.places[nameId[node] ?? 0] ?? 1) - 1;
      const whole = outermost[node] === 1 ? (total[node] ?? 0) : 0;
      totals.add(name, count[node] ?? 0, whole, self[node] ?? 0, errors[node] ?? 0);
      totals.longest(name, most[node] ?? 0, longest[node] ?? 0);
    }
    this.#totals = totals;
  }

  /** The largest self time first, at most `limit`; with the number of all. */
  top(limit: number): { rows: NameTotal[]; all: number } {
    return this.#totals.rows(this.#run, this.#names, 'self', limit);
  }

  of(nameId: number): NameTotal {
    return this.#totals.row(this.#run, this.#names, nameId);
  }
}

/** A stretch of time on some tracks; all where none is given. */
export interface Selection {
  readonly fromNs: number;
  readonly toNs: number;
  readonly tracks: readonly TrackId[];
}

/**
 * What lies in a stretch of time, clipped to it, the longest first. The self time of a span is what no child of it covers,
 * on whichever track, with overlapping children counted once. `busy` is the time in which a span of the selection ran.
 *
 * @param isOutermost whether no ancestor of a span has its name.
 */
export function aggregate(
  run: Run,
  names: NameTable,
  isOutermost: (span: SpanIndex) => boolean,
  { fromNs, toNs, tracks }: Selection,
  limit: number,
): { names: NameTotal[]; spans: number; busy: number } {
  const chosen = new Uint8Array(run.tracks.length).fill(tracks.length === 0 ? 1 : 0);
  for (const track of tracks) chosen[track] = 1;
  const { startNs, durationNs, nameId, trackId, status } = run.spans;
  const end = firstFrom(startNs, toNs);
  const covered = coveredByChildren(run, fromNs, toNs, end);
  const totals = new Totals(names.strings.length);
  let spans = 0;
  let busy = 0;
  let busyUntil = fromNs;
  for (let span = 0; span < end; span += 1) {
    if (chosen[trackId[span] ?? 0] === 0) continue;
    const start = startNs[span] ?? 0;
    const stop = start + (durationNs[span] ?? 0);
    const from = Math.max(start, fromNs);
    const to = Math.min(stop, toNs);
    // A span without length lies in the stretch where it stands in it.
    if (to < from || (to === from && stop > start)) continue;
    spans += 1;
    if (to > busyUntil) {
      busy += to - Math.max(from, busyUntil);
      busyUntil = to;
    }
    const name = (names.places[nameId[span] ?? 0] ?? 1) - 1;
    const length = to - from;
    const self = Math.max(0, length - (covered[span] ?? 0));
    const failed = Number(status[span] === SPAN_STATUS.error);
    totals.add(name, 1, isOutermost(span) ? length : 0, self, failed);
    totals.longest(name, length, span);
  }
  return { names: totals.rows(run, names, 'total', limit).rows, spans, busy };
}

/** By span: how much of its part in the stretch its children cover. Spans are in the order of their starts. */
function coveredByChildren(run: Run, fromNs: number, toNs: number, end: number): Float64Array {
  const { startNs, durationNs, parent } = run.spans;
  const covered = new Float64Array(end);
  const until = new Float64Array(end).fill(-Infinity);
  for (let child = 0; child < end; child += 1) {
    const owner = parent[child] ?? NO_SPAN;
    if (owner === NO_SPAN || owner >= end) continue;
    const start = startNs[child] ?? 0;
    const ownerStart = startNs[owner] ?? 0;
    const from = Math.max(start, ownerStart, fromNs, until[owner] ?? 0);
    const stop = Math.min(start + (durationNs[child] ?? 0), ownerStart + (durationNs[owner] ?? 0));
    const to = Math.min(stop, toNs);
    if (to <= from) continue;
    covered[owner] = (covered[owner] ?? 0) + (to - from);
    until[owner] = to;
  }
  return covered;
}

/** The first position whose number is not less than the limit, in rising numbers. */
function firstFrom(numbers: Float64Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

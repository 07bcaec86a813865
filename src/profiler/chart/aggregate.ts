import type { Run } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NO_SPAN, type SpanIndex, type TrackId } from '../model/units.ts';
import type { NameTable } from './nameTable.ts';
import { type NameTotal, NameTotals } from './nameTotals.ts';

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
  const totals = new NameTotals(names.strings.length);
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

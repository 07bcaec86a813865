import type { Counter, Run } from '../model/run.ts';
import { NO_SPAN } from '../model/units.ts';
import type { CounterPoints, InstantPoints, LinkEnds } from './chartColumns.ts';
import type { TimeLayout } from './timeLayout.ts';

/** The stretch of a time, of `stretches` equal ones over the axis. */
function stretchOf(timeNs: number, extentNs: number, stretches: number): number {
  return Math.min(stretches - 1, Math.floor((timeNs / Math.max(extentNs, 1)) * stretches));
}

/** Log lines and events in order; of more than `limit` the worst of each stretch of time, of equally bad ones the first. */
export function thinnedInstants(run: Run, extentNs: number, limit: number): InstantPoints {
  const { timeNs, trackId, span, level, kind } = run.instants;
  const instant = Uint32Array.from(timeNs.keys());
  const kept = timeNs.length <= limit ? instant : worstOfStretches(run, extentNs, limit);
  return {
    instant: kept,
    time: Float64Array.from(kept, (at) => timeNs[at] ?? 0),
    track: kept.map((at) => {
      const owner = span[at] ?? NO_SPAN;
      return (owner === NO_SPAN ? trackId[at] : run.spans.trackId[owner]) ?? 0;
    }),
    span: kept.map((at) => (span[at] ?? NO_SPAN) + 1),
    level: Uint8Array.from(kept, (at) => level[at] ?? 0),
    kind: Uint8Array.from(kept, (at) => kind[at] ?? 0),
  };
}

function worstOfStretches(run: Run, extentNs: number, limit: number): Uint32Array {
  const { timeNs, level } = run.instants;
  const kept: number[] = [];
  let stretch = -1;
  for (let at = 0; at < timeNs.length; at += 1) {
    const here = stretchOf(timeNs[at] ?? 0, extentNs, limit);
    const last = kept.length - 1;
    if (here !== stretch) kept.push(at);
    else if ((level[at] ?? 0) > (level[kept[last] ?? 0] ?? 0)) kept[last] = at;
    stretch = here;
  }
  return Uint32Array.from(kept);
}

/** A counter in order; of more than `points` the least and the greatest of each stretch of time. */
export function decimatedCounter(
  { timesNs, values }: Counter,
  extentNs: number,
  points: number,
): CounterPoints {
  if (timesNs.length <= points) return { time: timesNs, value: values };
  const stretches = Math.max(1, Math.floor(points / 2));
  const kept: number[] = [];
  for (let from = 0; from < timesNs.length;) {
    const stretch = stretchOf(timesNs[from] ?? 0, extentNs, stretches);
    let least = from;
    let greatest = from;
    let to = from + 1;
    while (to < timesNs.length && stretchOf(timesNs[to] ?? 0, extentNs, stretches) === stretch) {
      if ((values[to] ?? 0) < (values[least] ?? 0)) least = to;
      if ((values[to] ?? 0) > (values[greatest] ?? 0)) greatest = to;
      to += 1;
    }
    kept.push(Math.min(least, greatest));
    if (least !== greatest) kept.push(Math.max(least, greatest));
    from = to;
  }
  return {
    time: Float64Array.from(kept, (at) => timesNs[at] ?? 0),
    value: Float64Array.from(kept, (at) => values[at] ?? 0),
  };
}

/** Links with both ends as they are drawn; of more than `limit` every so-manieth. */
export function placedLinks(run: Run, { row }: TimeLayout, limit: number): LinkEnds {
  const all = run.links.to.length;
  const count = row.length === 0 ? 0 : Math.min(all, limit);
  const pick = (column: Uint32Array): Uint32Array =>
    Uint32Array.from({ length: count }, (_, i) => column[Math.floor((i * all) / count)] ?? 0);
  const from = pick(run.links.from);
  const to = pick(run.links.to);
  const { startNs, durationNs, trackId } = run.spans;
  return {
    from,
    to,
    fromTime: Float64Array.from(from, (span) => (startNs[span] ?? 0) + (durationNs[span] ?? 0)),
    toTime: Float64Array.from(to, (span) => startNs[span] ?? 0),
    fromTrack: from.map((span) => trackId[span] ?? 0),
    toTrack: to.map((span) => trackId[span] ?? 0),
    fromRow: from.map((span) => row[span] ?? 0),
    toRow: to.map((span) => row[span] ?? 0),
  };
}

import type { SpanHandle } from '../../model/spanStore.ts';
import type { TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';

/** A place that a flow passes: a span, or a time on a track at which the span is to be found. */
interface FlowPoint {
  readonly flow: string;
  readonly phase: 's' | 't' | 'f';
  readonly timeNs: number;
  readonly track: TrackId;
  /** Whether the span around the time is meant, not the next one. */
  readonly enclosing: boolean;
  span: SpanHandle;
}

const UNKNOWN_SPAN = -1;

interface TrackSpan {
  readonly handle: SpanHandle;
  readonly startNs: number;
  readonly endNs: number;
}

/** Arrows between spans, resolved once all spans are there. */
export class Flows {
  readonly #points: FlowPoint[] = [];

  addSpan(
    flow: string,
    phase: 's' | 't' | 'f',
    timeNs: number,
    track: TrackId,
    span: SpanHandle,
  ): void {
    this.#points.push({ flow, phase, timeNs, track, enclosing: true, span });
  }

  addTime(
    flow: string,
    phase: 's' | 't' | 'f',
    timeNs: number,
    track: TrackId,
    enclosing: boolean,
  ): void {
    this.#points.push({ flow, phase, timeNs, track, enclosing, span: UNKNOWN_SPAN });
  }

  /** Links the spans of each flow in the order of their times. */
  link(run: ImportRun): void {
    const { builder } = run;
    if (this.#points.length === 0) return;
    const points = this.#points.sort((a, b) => a.timeNs - b.timeNs);
    const wanted = new Map<TrackId, FlowPoint[]>();
    for (const point of points) {
      if (point.span !== UNKNOWN_SPAN) continue;
      const onTrack = wanted.get(point.track);
      if (onTrack === undefined) wanted.set(point.track, [point]);
      else onTrack.push(point);
    }
    const spans = new Map<TrackId, TrackSpan[]>(Array.from(wanted.keys(), (track) => [track, []]));
    builder.forEachSpan((handle, track, startNs, durationNs) => {
      spans.get(track)?.push({ handle, startNs, endNs: startNs + durationNs });
    });
    for (const [track, onTrack] of wanted) findSpans(onTrack, spans.get(track) ?? []);
    const last = new Map<string, SpanHandle>();
    let lost = 0;
    for (const { flow, phase, span } of points) {
      const from = last.get(flow);
      if (span === UNKNOWN_SPAN) lost += 1;
      else if (phase !== 's' && from !== undefined && from !== span) builder.addLink(from, span);
      if (phase === 'f') last.delete(flow);
      else if (span !== UNKNOWN_SPAN) last.set(flow, span);
    }
    if (lost > 0) run.reject(null, `${lost} flow events that no span is around`);
  }
}

/** @param points ordered by time, all of the track that the spans are on. */
function findSpans(points: readonly FlowPoint[], spans: TrackSpan[]): void {
  spans.sort((a, b) => a.startNs - b.startNs || b.endNs - a.endNs);
  const running: TrackSpan[] = [];
  let next = 0;
  for (const point of points) {
    const { timeNs } = point;
    for (let span = spans[next]; span !== undefined && span.startNs <= timeNs; span = spans[next]) {
      if (!point.enclosing && span.startNs === timeNs) break;
      running.push(span);
      next += 1;
    }
    while ((running.at(-1)?.endNs ?? Infinity) < timeNs) running.pop();
    const found = point.enclosing ? running.at(-1) : spans[next];
    if (found !== undefined) point.span = found.handle;
  }
}

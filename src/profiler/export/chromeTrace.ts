import { attributesOf, instantAttributes } from '../model/attributes.ts';
import { type Run, sourceOf, spanName, stringOf } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NO_SPAN, NS_PER_MICROSECOND, type SpanIndex } from '../model/units.ts';
import { requireTime } from './timeRequired.ts';

/** One event of the Trace Event format; `ts` and `dur` in microseconds. */
export interface ChromeEvent {
  readonly ph: 'X' | 'M' | 'C' | 'i' | 'b' | 'e';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  readonly s?: 'g' | 'p' | 't';
  readonly args?: Readonly<Record<string, unknown>>;
}

const EVENTS_PER_CHUNK = 256;

/**
 * A run as a Chrome trace (object form), in pieces, so that a big run needs no giant string. Each track is a process,
 * each of its lanes a thread. Times are relative to the run's epoch, which stands in `otherData`.
 *
 * @throws ProfilerError `export.no-time` for a run without times.
 */
export function* chromeTraceChunks(run: Run): Generator<string> {
  requireTime(run, 'Chrome trace');
  const otherData = {
    run: run.id,
    name: run.name,
    kind: run.kind,
    status: run.status,
    client: run.provenance.client,
    version: run.provenance.version,
    epochUnixNano: run.epochNs.toString(),
    environment: run.environment,
  };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(otherData)},"traceEvents":[\n`;
  let chunk: string[] = [];
  let separator = '';
  for (const event of chromeEvents(run)) {
    chunk.push(jsonOf(event));
    if (chunk.length === EVENTS_PER_CHUNK) {
      yield separator + chunk.join(',\n');
      separator = ',\n';
      chunk = [];
    }
  }
  if (chunk.length > 0) yield separator + chunk.join(',\n');
  yield '\n]}\n';
}

/** The events of a run: names, spans in the run's order, counters, instants. */
export function* chromeEvents(run: Run): Generator<ChromeEvent> {
  requireTime(run, 'Chrome trace');
  yield* metadataEvents(run);
  yield* spanEvents(run);
  for (const counter of run.counters) {
    const pid = pidOf(counter.trackId);
    const series = counter.unit === '' ? 'value' : counter.unit;
    for (let i = 0; i < counter.timesNs.length; i += 1) {
      const ts = microseconds(counter.timesNs[i] ?? 0);
      const args = { [series]: counter.values[i] ?? 0 };
      yield { ph: 'C', name: counter.name, pid, tid: 0, ts, args };
    }
  }
  yield* instantEvents(run);
}

function jsonOf(event: ChromeEvent): string {
  return JSON.stringify(event, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

function microseconds(ns: number): number {
  return ns / NS_PER_MICROSECOND;
}

function pidOf(track: number): number {
  return track + 1;
}

function tidOf(run: Run, span: SpanIndex): number {
  return (run.spans.lane[span] ?? 0) + 1;
}

function* metadataEvents(run: Run): Generator<ChromeEvent> {
  for (const track of run.tracks) {
    const pid = pidOf(track.id);
    yield { ph: 'M', name: 'process_name', pid, tid: 0, args: { name: track.name } };
    yield { ph: 'M', name: 'process_labels', pid, tid: 0, args: { labels: track.kind } };
    yield { ph: 'M', name: 'process_sort_index', pid, tid: 0, args: { sort_index: track.id } };
    for (let lane = 0; lane < track.lanes; lane += 1) {
      const name = lane === 0 ? track.name : `${track.name} (lane ${lane + 1})`;
      const tid = lane + 1;
      yield { ph: 'M', name: 'thread_name', pid, tid, args: { name } };
      yield { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: lane } };
    }
  }
}

/**
 * `X` events of one thread must nest. A span that ends a little behind its parent does not, so it is written as an
 * asynchronous pair: readers draw it whole, and nothing is cut.
 */
function* spanEvents(run: Run): Generator<ChromeEvent> {
  const runningEnds = new Map<string, number[]>();
  const { startNs, durationNs, trackId } = run.spans;
  for (let span = 0; span < startNs.length; span += 1) {
    const start = startNs[span] ?? 0;
    const end = start + (durationNs[span] ?? 0);
    const pid = pidOf(trackId[span] ?? 0);
    const tid = tidOf(run, span);
    const key = `${pid}:${tid}`;
    const ends = runningEnds.get(key) ?? [];
    runningEnds.set(key, ends);
    while (ends.length > 0 && (ends.at(-1) ?? 0) <= start) ends.pop();
    const base = { name: spanName(run, span), cat: categoryOf(run, span), pid, tid };
    const args = argsOf(run, span);
    if (end > (ends.at(-1) ?? Infinity)) {
      yield { ph: 'b', ...base, id: span, ts: microseconds(start), args };
      yield { ph: 'e', ...base, id: span, ts: microseconds(end) };
    } else {
      ends.push(end);
      const dur = microseconds(end - start);
      yield { ph: 'X', ...base, ts: microseconds(start), dur, args };
    }
  }
}

function categoryOf(run: Run, span: SpanIndex): string {
  const status = run.spans.status[span];
  if (status === SPAN_STATUS.error) return 'error';
  return status === SPAN_STATUS.open ? 'open' : 'span';
}

function argsOf(run: Run, span: SpanIndex): Record<string, unknown> {
  const source = sourceOf(run, run.spans.sourceId[span] ?? 0);
  const place =
    source === null
      ? []
      : [
          ['file', source.file],
          ['line', source.line],
          ['function', source.functionName],
        ];
  return Object.fromEntries([...place, ...attributesOf(run, span)]) as Record<string, unknown>;
}

function* instantEvents(run: Run): Generator<ChromeEvent> {
  const { instants } = run;
  for (let i = 0; i < instants.timeNs.length; i += 1) {
    const span = instants.span[i] ?? NO_SPAN;
    yield {
      ph: 'i',
      name: stringOf(run, instants.textId[i] ?? 0),
      pid: pidOf(span === NO_SPAN ? (instants.trackId[i] ?? 0) : (run.spans.trackId[span] ?? 0)),
      tid: span === NO_SPAN ? 1 : tidOf(run, span),
      ts: microseconds(instants.timeNs[i] ?? 0),
      s: span === NO_SPAN ? 'p' : 't',
      args: instantAttributes(run, i),
    };
  }
}

import { groupBy, upTo } from '../chart/groups.ts';
import { type Run, type SourceRef, sourceOf, spanName } from '../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';

/** The schema that a file of speedscope names. */
const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';
const EVENTS_PER_CHUNK = 2048;

/** Units that speedscope knows; another one is told as `none`. */
const UNITS: ReadonlySet<string> = new Set([
  'nanoseconds',
  'microseconds',
  'milliseconds',
  'seconds',
  'bytes',
]);

/**
 * A run in the file format of speedscope (`src/lib/file-format-spec.ts` there), in pieces: one evented profile for each lane
 * of a track that has spans, all on the clock of the run; of a run without time order one sampled profile for each track,
 * a sample for each node that has a weight of its own.
 *
 * Opens and closes must balance, so a child that ends a little behind its parent is written to end with it. Weights below
 * zero have no place in the format and are left out. Counters, log lines and links are not part of it.
 */
export function* speedscopeChunks(run: Run): Generator<string> {
  const frames = new Frames(run);
  const head = { $schema: SCHEMA, exporter: 'earshot', name: run.name, activeProfileIndex: 0 };
  yield `${JSON.stringify(head).slice(0, -1)},"shared":{"frames":[`;
  yield* joined(frames.texts());
  yield ']},"profiles":[';
  yield* run.weights === null ? eventedProfiles(run, frames) : sampledProfiles(run, frames);
  yield ']}\n';
}

/** Names with their places, each once. */
class Frames {
  readonly #run: Run;
  readonly #ofSpan: Uint32Array;
  readonly #first: SpanIndex[] = [];

  constructor(run: Run) {
    this.#run = run;
    const { nameId, sourceId } = run.spans;
    const known = new Map<number, number>();
    const sources = run.sourceRefs.length + 1;
    this.#ofSpan = nameId.map((name, span) => {
      const key = name * sources + (sourceId[span] ?? 0);
      const frame = known.get(key) ?? this.#first.push(span) - 1;
      known.set(key, frame);
      return frame;
    });
  }

  of(span: SpanIndex): number {
    return this.#ofSpan[span] ?? 0;
  }

  *texts(): Generator<string> {
    for (const span of this.#first) {
      const source = sourceOf(this.#run, this.#run.spans.sourceId[span] ?? 0);
      yield JSON.stringify({ name: spanName(this.#run, span), ...placeOf(source) });
    }
  }
}

function placeOf(source: SourceRef | null): { file?: string; line?: number; col?: number } {
  if (source === null) return {};
  const { file, line, column } = source;
  return { file, line, ...(column === undefined ? {} : { col: column }) };
}

function* eventedProfiles(run: Run, frames: Frames): Generator<string> {
  const { trackId, lane, startNs, durationNs } = run.spans;
  const firstLane = new Uint32Array(run.tracks.length + 1);
  run.tracks.forEach(({ id, lanes }) => (firstLane[id + 1] = lanes));
  for (let i = 1; i < firstLane.length; i += 1) {
    firstLane[i] = (firstLane[i] ?? 0) + (firstLane[i - 1] ?? 0);
  }
  const laneOf = (span: SpanIndex): number =>
    (firstLane[trackId[span] ?? 0] ?? 0) + (lane[span] ?? 0);
  const { members, first } = groupBy(upTo(startNs.length), laneOf, firstLane.at(-1) ?? 0);
  let end = 0;
  startNs.forEach((start, span) => (end = Math.max(end, start + (durationNs[span] ?? 0))));
  let separator = '';
  for (const track of run.tracks) {
    for (let at = 0; at < track.lanes; at += 1) {
      const group = (firstLane[track.id] ?? 0) + at;
      const spans = members.subarray(first[group], first[group + 1]);
      if (spans.length === 0) continue;
      const name = at === 0 ? track.name : `${track.name} (lane ${at + 1})`;
      const head = { type: 'evented', name, unit: 'nanoseconds', startValue: 0, endValue: end };
      yield `${separator}${JSON.stringify(head).slice(0, -1)},"events":[`;
      yield* joined(events(run, frames, spans));
      yield ']}';
      separator = ',';
    }
  }
}

/** Opens and closes of a lane, whose spans nest. @param spans in the order of their starts. */
function* events(run: Run, frames: Frames, spans: Uint32Array): Generator<string> {
  const { startNs, durationNs } = run.spans;
  const open: { readonly frame: number; readonly end: number }[] = [];
  const close = function* (until: number): Generator<string> {
    for (let top = open.at(-1); top !== undefined && top.end <= until; top = open.at(-1)) {
      open.pop();
      yield `{"type":"C","at":${top.end},"frame":${top.frame}}`;
    }
  };
  for (const span of spans) {
    const start = startNs[span] ?? 0;
    yield* close(start);
    const frame = frames.of(span);
    const end = Math.min(start + (durationNs[span] ?? 0), open.at(-1)?.end ?? Infinity);
    open.push({ frame, end });
    yield `{"type":"O","at":${start},"frame":${frame}}`;
  }
  yield* close(Infinity);
}

function* sampledProfiles(run: Run, frames: Frames): Generator<string> {
  const { weights } = run;
  if (weights === null) return;
  const unit = UNITS.has(weights.unit) ? weights.unit : 'none';
  const { trackId } = run.spans;
  const spans = upTo(trackId.length).filter((span) => (weights.self[span] ?? 0) > 0);
  const { members, first } = groupBy(spans, (span) => trackId[span] ?? 0, run.tracks.length);
  let separator = '';
  for (const { id, name } of run.tracks) {
    const nodes = members.subarray(first[id], first[id + 1]);
    if (nodes.length === 0) continue;
    const endValue = nodes.reduce((sum, node) => sum + (weights.self[node] ?? 0), 0);
    const head = { type: 'sampled', name, unit, startValue: 0, endValue };
    yield `${separator}${JSON.stringify(head).slice(0, -1)},"samples":[`;
    yield* joined(stacks(run, frames, nodes));
    yield '],"weights":[';
    yield* joined(amounts(weights.self, nodes));
    yield ']}';
    separator = ',';
  }
}

function* stacks(run: Run, frames: Frames, nodes: Uint32Array): Generator<string> {
  for (const node of nodes) {
    const stack: number[] = [];
    for (let at = node; at !== NO_SPAN; at = run.spans.parent[at] ?? NO_SPAN) {
      stack.push(frames.of(at));
    }
    yield `[${stack.reverse().join(',')}]`;
  }
}

function* amounts(self: Float64Array, nodes: Uint32Array): Generator<string> {
  for (const node of nodes) yield String(self[node] ?? 0);
}

/** Elements of a JSON array with commas between them, many at a time. */
function* joined(elements: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  let separator = '';
  for (const element of elements) {
    chunk.push(element);
    if (chunk.length < EVENTS_PER_CHUNK) continue;
    yield separator + chunk.join(',');
    separator = ',';
    chunk = [];
  }
  if (chunk.length > 0) yield separator + chunk.join(',');
}

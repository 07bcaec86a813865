import { type AttributeValue, attributesOf, instantAttributes } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import { INSTANT_KIND, LOG_LEVEL } from '../model/columns.ts';
import { type Run, sourceOf, spanName, stringOf } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import { spanIdsOf, traceIdOf } from './deterministicIds.ts';
import { otlpAttributes } from './otlpAttributes.ts';
import { otlpResourceAttributes } from './otlpResource.ts';
import type { OtlpEvent, OtlpLink, OtlpSpan } from './otlpTypes.ts';
import { requireTime } from './timeRequired.ts';

/** SPAN_KIND_INTERNAL of trace.proto. */
const KIND_INTERNAL = 1;
const SPANS_PER_CHUNK = 256;

/**
 * A run as OTLP/JSON: one ExportTraceServiceRequest, in pieces, so that a big run needs no giant string. Span ids are
 * the client's own where it had any, else they depend on the run's id alone: the same run gives the same bytes. Log
 * lines become events of their span, or of the first root. Counters are metrics and not part of it.
 *
 * @throws ProfilerError `export.no-time` for a run without times.
 */
export function* otlpJsonChunks(run: Run): Generator<string> {
  requireTime(run, 'OTLP');
  const resource = { attributes: otlpResourceAttributes(run) };
  const { client, version } = run.provenance;
  const scope = { name: client, ...(version === '' ? {} : { version }) };
  yield `{"resourceSpans":[{"resource":${JSON.stringify(resource)},`;
  yield `"scopeSpans":[{"scope":${JSON.stringify(scope)},"spans":[`;
  let chunk: string[] = [];
  let separator = '';
  for (const span of otlpSpans(run)) {
    chunk.push(JSON.stringify(span));
    if (chunk.length === SPANS_PER_CHUNK) {
      yield separator + chunk.join(',\n');
      separator = ',\n';
      chunk = [];
    }
  }
  if (chunk.length > 0) yield separator + chunk.join(',\n');
  yield ']}]}]}\n';
}

/** The whole of `otlpJsonChunks` as one string. */
export function toOtlpJson(run: Run): string {
  return [...otlpJsonChunks(run)].join('');
}

/** The spans of a run as OTLP spans, in the run's order. */
export function* otlpSpans(run: Run): Generator<OtlpSpan> {
  const traceId = run.traceId ?? traceIdOf(run.id);
  const derivedId = spanIdsOf(run.id);
  const idOf = (span: SpanIndex): string => {
    const own = run.spanIds?.[span] ?? 0n;
    return own === 0n ? derivedId(span) : own.toString(16).padStart(16, '0');
  };
  const instants = instantsBySpan(run);
  const links = linksBySpan(run);
  const { startNs, durationNs, parent, status } = run.spans;
  for (let span = 0; span < startNs.length; span += 1) {
    const owner = parent[span] ?? NO_SPAN;
    const start = startNs[span] ?? 0;
    const events = instants.get(span)?.map((instant) => otlpEvent(run, instant));
    const linked = links.get(span)?.map((to): OtlpLink => ({ traceId, spanId: idOf(to) }));
    yield {
      traceId,
      spanId: idOf(span),
      ...(owner === NO_SPAN ? {} : { parentSpanId: idOf(owner) }),
      name: spanName(run, span),
      kind: KIND_INTERNAL,
      startTimeUnixNano: unixNano(run, start),
      endTimeUnixNano: unixNano(run, start + (durationNs[span] ?? 0)),
      attributes: otlpAttributes([...columnAttributes(run, span), ...attributesOf(run, span)]),
      ...(events === undefined ? {} : { events }),
      ...(linked === undefined ? {} : { links: linked }),
      status: statusOf(status[span] ?? SPAN_STATUS.unset),
    };
  }
}

function unixNano(run: Run, ns: number): string {
  return (run.epochNs + BigInt(Math.round(ns))).toString();
}

function statusOf(status: number): { code?: number } {
  return status === SPAN_STATUS.ok || status === SPAN_STATUS.error ? { code: status } : {};
}

/** What the run keeps in columns and OTLP in attributes. */
function columnAttributes(run: Run, span: SpanIndex): [string, AttributeValue][] {
  const entries: [string, AttributeValue][] = [];
  const source = sourceOf(run, run.spans.sourceId[span] ?? 0);
  if (source !== null) {
    entries.push([ATTRIBUTE.codeFile, source.file], [ATTRIBUTE.codeLine, source.line]);
    if (source.column !== undefined) entries.push([ATTRIBUTE.codeColumn, source.column]);
    if (source.functionName !== undefined) {
      entries.push([ATTRIBUTE.codeFunction, source.functionName]);
    }
  }
  const track = run.tracks[run.spans.trackId[span] ?? 0];
  if (track !== undefined) {
    entries.push([ATTRIBUTE.track, track.name], [ATTRIBUTE.trackKind, track.kind]);
  }
  if (run.spans.status[span] === SPAN_STATUS.open) entries.push(['earshot.open', true]);
  return entries;
}

function otlpEvent(run: Run, instant: number): OtlpEvent {
  const { instants } = run;
  const text = stringOf(run, instants.textId[instant] ?? 0);
  const timeUnixNano = unixNano(run, instants.timeNs[instant] ?? 0);
  const own = Object.entries(instantAttributes(run, instant));
  if (instants.kind[instant] !== INSTANT_KIND.log) {
    return { timeUnixNano, name: text, attributes: otlpAttributes(own) };
  }
  const level = Object.entries(LOG_LEVEL).find(([, value]) => value === instants.level[instant]);
  const logged: [string, AttributeValue][] = [
    ['log.message', text],
    ['log.level', level?.[0] ?? 'none'],
  ];
  return { timeUnixNano, name: 'log', attributes: otlpAttributes([...logged, ...own]) };
}

function instantsBySpan(run: Run): Map<SpanIndex, number[]> {
  const firstRoot = run.spans.parent.indexOf(NO_SPAN);
  return groupBy(run.instants.span.length, (instant) => {
    const span = run.instants.span[instant] ?? NO_SPAN;
    return [span === NO_SPAN ? firstRoot : span, instant];
  });
}

function linksBySpan(run: Run): Map<SpanIndex, number[]> {
  const { from, to } = run.links;
  return groupBy(from.length, (link) => [from[link] ?? 0, to[link] ?? 0]);
}

function groupBy(
  count: number,
  entry: (i: number) => readonly [key: number, value: number],
): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < count; i += 1) {
    const [key, value] = entry(i);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

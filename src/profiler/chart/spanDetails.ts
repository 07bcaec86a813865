import { attributesOf, type AttributeValue } from '../model/attributes.ts';
import { LOG_LEVEL } from '../model/columns.ts';
import { type Run, type SourceRef, sourceOf, spanName, stringOf } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NO_SPAN, type SpanIndex, type StringId, type TrackId } from '../model/units.ts';
import type { ChartModel } from './chartModel.ts';
import { cutText } from './cutText.ts';

/** Everything about one span, or one node of the merged stacks. Nanoseconds, or weights in a run without time order. */
export interface SpanFacts {
  readonly span: number;
  /** The span of the run: itself, or the longest of those that a node stands for. */
  readonly runSpan: SpanIndex;
  readonly name: string;
  /** Place in the chart's names. */
  readonly nameId: number;
  readonly trackId: TrackId;
  readonly row: number;
  readonly start: number;
  readonly duration: number;
  readonly self: number;
  readonly status: 'unset' | 'ok' | 'error';
  readonly flags: number;
  /** From the root on; the nearest ones. */
  readonly ancestors: { span: number; name: string }[];
  readonly attributes: { key: string; value: string }[];
  readonly events: { timeNs: number; text: string; level: string }[];
  readonly links: { span: number; name: string; direction: 'to' | 'from' }[];
  readonly sameName: { count: number; total: number; median: number; max: number };
  readonly source: SourceRef | null;
  /** Places in the findings. */
  readonly findings: number[];
}

const MOST_ANCESTORS = 64;
const MOST_ROWS = 500;
const LEVEL_NAMES = Object.keys(LOG_LEVEL);

/** Null for a span that there is not. */
export function spanFacts(model: ChartModel, span: SpanIndex): SpanFacts | null {
  const { run, layout } = model;
  const { startNs, durationNs, selfNs, trackId, status, parent, sourceId, nameId } = run.spans;
  if (span >= startNs.length) return null;
  const failed = status[span] === SPAN_STATUS.error;
  return {
    span,
    runSpan: span,
    name: nameOf(run, span),
    nameId: placeOfName(model, nameId[span] ?? 0),
    trackId: trackId[span] ?? 0,
    row: layout.row[span] ?? 0,
    start: startNs[span] ?? 0,
    duration: run.weights?.total[span] ?? durationNs[span] ?? 0,
    self: run.weights?.self[span] ?? selfNs[span] ?? 0,
    status: failed ? 'error' : status[span] === SPAN_STATUS.ok ? 'ok' : 'unset',
    flags: model.flags('time')[span] ?? 0,
    ancestors: ancestorsOf(span, parent, (above) => nameOf(run, above)),
    attributes: attributeTexts(run, span),
    events: eventsOf(run, span),
    links: linksOf(run, span),
    sameName: sameName(run, nameId[span] ?? 0),
    source: sourceOf(run, sourceId[span] ?? 0),
    findings: findingsWith(model, (each) => each === span),
  };
}

/** A node stands for its spans: what they come to is told as attributes, and its source is that of the longest. */
export function nodeFacts(model: ChartModel, node: number): SpanFacts | null {
  const { run, leftHeavy } = model;
  const { nameId, parent, count, total, self, most, longest, errors } = leftHeavy;
  if (node >= nameId.length) return null;
  const failed = errors[node] ?? 0;
  const amounts: [string, number][] = [
    ['spans', count[node] ?? 0],
    ['total', total[node] ?? 0],
    ['longest', Math.max(0, most[node] ?? 0)],
    ['errors', failed],
  ];
  const name = nameId[node] ?? 0;
  return {
    span: node,
    runSpan: longest[node] ?? 0,
    name: cutText(stringOf(run, name)),
    nameId: placeOfName(model, name),
    trackId: 0,
    row: leftHeavy.row[node] ?? 0,
    start: leftHeavy.start[node] ?? 0,
    duration: leftHeavy.width[node] ?? 0,
    self: self[node] ?? 0,
    status: failed > 0 ? 'error' : 'unset',
    flags: model.flags('left-heavy')[node] ?? 0,
    ancestors: ancestorsOf(node, parent, (above) => cutText(stringOf(run, nameId[above] ?? 0))),
    attributes: amounts.map(([key, value]) => ({ key, value: String(value) })),
    events: [],
    links: [],
    sameName: sameName(run, name),
    source: sourceOf(run, run.spans.sourceId[longest[node] ?? 0] ?? 0),
    findings: findingsWith(model, (each) => leftHeavy.nodeOf[each] === node),
  };
}

function placeOfName({ names }: ChartModel, name: StringId): number {
  return Math.max(0, (names.places[name] ?? 1) - 1);
}

function nameOf(run: Run, span: SpanIndex): string {
  return cutText(spanName(run, span));
}

function ancestorsOf(
  of: number,
  parent: Int32Array,
  nameOf: (at: number) => string,
): { span: number; name: string }[] {
  const above: { span: number; name: string }[] = [];
  let at = parent[of] ?? NO_SPAN;
  while (at !== NO_SPAN && above.length < MOST_ANCESTORS) {
    above.push({ span: at, name: nameOf(at) });
    at = parent[at] ?? NO_SPAN;
  }
  return above.reverse();
}

function attributeTexts(run: Run, span: SpanIndex): { key: string; value: string }[] {
  const texts: { key: string; value: string }[] = [];
  for (const [key, value] of attributesOf(run, span)) {
    if (texts.length === MOST_ROWS) break;
    texts.push({ key: cutText(key), value: cutText(valueText(value)) });
  }
  return texts;
}

function valueText(value: AttributeValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function eventsOf(run: Run, span: SpanIndex): { timeNs: number; text: string; level: string }[] {
  const { instants } = run;
  const events: { timeNs: number; text: string; level: string }[] = [];
  for (let at = 0; at < instants.span.length && events.length < MOST_ROWS; at += 1) {
    if (instants.span[at] !== span) continue;
    const text = cutText(stringOf(run, instants.textId[at] ?? 0));
    const level = LEVEL_NAMES[instants.level[at] ?? 0] ?? 'none';
    events.push({ timeNs: instants.timeNs[at] ?? 0, text, level });
  }
  return events;
}

function linksOf(
  run: Run,
  span: SpanIndex,
): { span: number; name: string; direction: 'to' | 'from' }[] {
  const { from, to } = run.links;
  const links: { span: number; name: string; direction: 'to' | 'from' }[] = [];
  for (let at = 0; at < to.length && links.length < MOST_ROWS; at += 1) {
    const target = to[at] ?? 0;
    const origin = from[at] ?? 0;
    if (origin === span) links.push({ span: target, name: nameOf(run, target), direction: 'to' });
    if (target === span) {
      links.push({ span: origin, name: nameOf(run, origin), direction: 'from' });
    }
  }
  return links;
}

function sameName(run: Run, name: number): SpanFacts['sameName'] {
  const amounts = run.weights?.total ?? run.spans.durationNs;
  const chosen = amounts.filter((_, span) => run.spans.nameId[span] === name).sort();
  const total = chosen.reduce((sum, amount) => sum + amount, 0);
  const half = chosen.length >>> 1;
  const upper = chosen[half] ?? 0;
  const median = chosen.length % 2 === 1 ? upper : ((chosen[half - 1] ?? 0) + upper) / 2;
  return { count: chosen.length, total, median, max: chosen.at(-1) ?? 0 };
}

function findingsWith(model: ChartModel, isIt: (span: SpanIndex) => boolean): number[] {
  const findings = model.marks?.findings ?? [];
  return [...findings.keys()].filter((at) => findings[at]?.subject.spans.some(isIt));
}

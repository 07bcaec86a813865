import { COUNTER } from '../../model/attributeNames.ts';
import type { Counter, Run } from '../../model/run.ts';
import { NO_SPAN, NS_PER_SECOND, type Seconds, type SpanIndex } from '../../model/units.ts';
import {
  type Intervals,
  lengthOutside,
  mergeIntervals,
  unionLength,
} from '../../report/intervals.ts';
import { formatSeconds, formatShare } from '../../report/formatNumber.ts';
import type { Evidence } from '../finding.ts';
import type { Facts } from './facts.ts';
import { flatStretches } from './flatStretches.ts';
import { deviceFamily } from './devices.ts';
import { intervalOf, secondsOf, sumSeconds } from './spanTimes.ts';

/** Time in which spans of a name lasted and nothing worked. */
export interface IdleTime {
  readonly name: string;
  readonly seconds: Seconds;
  /** Share of one core that was used meanwhile; null where nobody measured it. */
  readonly cpuShare: number | null;
  readonly spans: readonly SpanIndex[];
  readonly reason: string;
  /** What shows it where no span does. */
  readonly evidence: readonly Evidence[];
}

/** Share of one core below which a span only waits. */
const FLAT = 0.1;
/** Shorter spans may only have waited for a core on a busy machine. */
const LEAST_SECONDS: Seconds = 0.2;

export function idleTimesOf(facts: Facts): IdleTime[] {
  if (facts.callTrace) return [];
  const named = sleeping(facts);
  const measured = flat(facts).filter(
    ({ spans }) => !named.some((each) => holds(facts, spans, each.spans)),
  );
  return [...named, ...measured, ...launched(facts, [...named, ...measured])];
}

/** Stretches of a launched program in which its whole process tree stood still, where no span tells of them. */
function launched({ run }: Facts, told: readonly IdleTime[]): IdleTime[] {
  const known = told.flatMap(({ spans }) => spans.map((span) => intervalOf(run, span)));
  const stretches = flatStretches(run).filter(
    ({ from, to }) => lengthOutside([[from, to]], known) > (to - from) / 2,
  );
  const seconds = stretches.reduce((sum, { from, to }) => sum + (to - from), 0);
  if (stretches.length === 0) return [];
  const used = stretches.reduce((sum, { from, to, cpuShare }) => sum + (to - from) * cpuShare, 0);
  const longest = stretches.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a));
  return [
    {
      name: run.name,
      seconds,
      cpuShare: used / seconds,
      spans: [],
      reason: `Between ${formatSeconds(longest.from)} and ${formatSeconds(longest.to)} no process of it computed, read or wrote: a sleep, a lock, or an answer that was waited for.`,
      evidence: stretches.map(({ from, to, cpuShare }) => ({
        text: `processor at ${formatShare(cpuShare)} of one core from ${formatSeconds(from)} to ${formatSeconds(to)}`,
      })),
    },
  ];
}

/** Whether the inner spans lie mostly below the outer ones. */
function holds({ run }: Facts, outer: readonly SpanIndex[], inner: readonly SpanIndex[]): boolean {
  const common =
    unionLength(inner.map((span) => intervalOf(run, span))) -
    lengthOutside(
      inner.map((span) => intervalOf(run, span)),
      outer.map((span) => intervalOf(run, span)),
    );
  return common > sumSeconds(run, inner) / 2;
}

/** Spans that say that they sleep or wait, where no other span without children works beside them. */
function sleeping(facts: Facts): IdleTime[] {
  const { run, groups, notes } = facts;
  const idle = groups.filter(
    ({ name, spans }) =>
      // Beside the lines of a log other work may go on that no line tells of.
      !spans.some((span) => notes.logged.has(span)) &&
      (name.sleep || name.wait || spans.every((span) => notes.wait.has(span))),
  );
  if (idle.length === 0) return [];
  const work = workingIntervals(facts, new Set(idle.flatMap(({ spans }) => spans)));
  return idle.map(({ name, spans }) => ({
    name: name.pattern,
    seconds: lengthOutside(
      spans.map((span) => withinParent(run, span)),
      work,
    ),
    cpuShare: null,
    spans,
    reason: 'The span itself says that it waits, and no other span works at that time.',
    evidence: [],
  }));
}

/** What was waited for before the work began, such as a place in a queue, is no part of it. */
function withinParent(run: Run, span: SpanIndex): [Seconds, Seconds] {
  const [start, end] = intervalOf(run, span);
  const parent = run.spans.parent[span] ?? NO_SPAN;
  if (parent === NO_SPAN) return [start, end];
  const [from, to] = intervalOf(run, parent);
  return [Math.max(start, from), Math.min(end, to)];
}

/** When spans without children work, those aside that wait. */
function workingIntervals({ run, names }: Facts, idle: ReadonlySet<SpanIndex>): [number, number][] {
  const hasChildren = new Uint8Array(run.spans.parent.length);
  for (const parent of run.spans.parent) if (parent !== NO_SPAN) hasChildren[parent] = 1;
  const working: [number, number][] = [];
  run.spans.nameId.forEach((id, span) => {
    const name = names.get(id);
    if (hasChildren[span] === 1 || idle.has(span) || name?.wait === true || name?.sleep === true)
      return;
    if (run.tracks[run.spans.trackId[span] ?? 0]?.kind === 'resource') return;
    working.push(intervalOf(run, span));
  });
  return mergeIntervals(working);
}

/** Spans that took long and no processor time, by their own account or by the counter of the run. */
function flat(facts: Facts): IdleTime[] {
  const { run, groups, notes } = facts;
  const counter = run.counters.find(({ name }) => name === COUNTER.treeCpu);
  return groups.flatMap(({ name, spans }): IdleTime[] => {
    if (name.network || spans.some((span) => notes.call.has(span) || usesDevice(facts, span)))
      return [];
    const leaves = spans.filter((span) => run.spans.selfNs[span] === run.spans.durationNs[span]);
    const known = leaves.flatMap((span) => {
      const cpu = notes.cpuSeconds.get(span) ?? cpuWithin(counter, intervalOf(run, span));
      return cpu === null ? [] : [{ span, cpu, seconds: secondsOf(run, span) }];
    });
    const waiting = known.filter(
      ({ cpu, seconds }) => seconds >= LEAST_SECONDS && cpu < seconds * FLAT,
    );
    if (waiting.length === 0) return [];
    const idleSpans = waiting.map(({ span }) => span);
    const intervals: Intervals = idleSpans.map((span) => intervalOf(run, span));
    const others = othersAtWork(facts, new Set(idleSpans));
    const cpu = waiting.reduce((sum, each) => sum + each.cpu, 0);
    const total = waiting.reduce((sum, each) => sum + each.seconds, 0);
    return [
      {
        name: name.pattern,
        seconds: lengthOutside(intervals, others),
        cpuShare: cpu / total,
        spans: idleSpans,
        reason:
          'The clock went on while the processor stood still: a sleep, a lock, or an answer that was waited for.',
        evidence: [],
      },
    ];
  });
}

function usesDevice({ notes }: Facts, span: SpanIndex): boolean {
  const family = deviceFamily(notes.deviceUsed.get(span) ?? '');
  return family !== null && family !== 'cpu';
}

/** What works beside them: leaves that are not idle themselves, network transfers included. */
function othersAtWork(facts: Facts, idle: ReadonlySet<SpanIndex>): [number, number][] {
  return workingIntervals(facts, idle);
}

/** Processor seconds within a stretch, from a counter that rises (seconds) or tells cores in use. */
function cpuWithin(
  counter: Counter | undefined,
  [from, to]: readonly [number, number],
): Seconds | null {
  if (counter === undefined || to - from < 0.5) return null;
  const { timesNs, values, unit } = counter;
  const inside: number[] = [];
  let first = Number.NaN;
  let last = Number.NaN;
  for (let i = 0; i < timesNs.length; i += 1) {
    const at = (timesNs[i] ?? 0) / NS_PER_SECOND;
    if (at < from || at > to) continue;
    const value = values[i] ?? 0;
    if (Number.isNaN(first)) first = value;
    last = value;
    inside.push(value);
  }
  if (inside.length < 2) return null;
  if (unit === 's') return last - first;
  const mean = inside.reduce((sum, each) => sum + each, 0) / inside.length;
  return (unit === '%' ? mean / 100 : mean) * (to - from);
}

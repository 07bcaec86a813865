import { expect } from 'vitest';
import { INSTANT_KIND, LOG_LEVEL } from '../../../../src/profiler/model/columns.ts';
import { type Run, spanCount, spanName, stringOf } from '../../../../src/profiler/model/run.ts';
import { SPAN_STATUS } from '../../../../src/profiler/model/spanStatus.ts';
import type { SentTruth } from './recordedRequests.ts';

function count(values: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Compares a run with what the program that sent it printed. */
export function expectSent(run: Run, truth: SentTruth): void {
  const names = Array.from({ length: spanCount(run) }, (_, span) => spanName(run, span));
  const { parent, status, depth } = run.spans;
  const instants = Array.from(run.instants.kind, (kind, i) => ({
    kind,
    text: stringOf(run, run.instants.textId[i]!),
    level: Object.keys(LOG_LEVEL)[run.instants.level[i]!]!,
    inSpan: run.instants.span[i]! >= 0,
  }));
  const logs = instants.filter(({ kind }) => kind === INSTANT_KIND.log);
  const parents = names.flatMap((name, span) =>
    parent[span]! < 0 ? [] : [[name, names[parent[span]!]]],
  );
  expect({
    spans: names.length,
    depth: Math.max(...depth) + 1,
    names: count(names),
    parents: Object.fromEntries(parents),
    errors: names.filter((_, span) => status[span] === SPAN_STATUS.error),
    events: count(instants.filter(({ kind }) => kind === INSTANT_KIND.event).map((i) => i.text)),
    links: run.links.from.length,
    logs: count(logs.map(({ level }) => level)),
    counters: Object.fromEntries(run.counters.map(({ name, values }) => [name, values.at(-1)])),
    process: run.tracks.find(({ kind }) => kind === 'process')?.name,
  }).toEqual(truth);
  expect(run.provenance).toMatchObject({ rejected: [], rejectedCount: 0, droppedSpans: 0 });
  expect(logs.every(({ inSpan }) => inSpan)).toBe(true);
  expect(run.log?.lines).toBe(logs.length);
  // The explicit start: two seconds before it was made, by when its parent had run for less than one.
  const start = (name: string): number => run.spans.startNs[names.indexOf(name)]!;
  expect(start('job') - start('waited')).toBeGreaterThan(1e9);
}

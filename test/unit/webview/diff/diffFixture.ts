import { alignRuns } from '../../../../src/profiler/diff/alignRuns.ts';
import { changedPairs, loneSpans } from '../../../../src/profiler/diff/pairChanges.ts';
import { diffRuns } from '../../../../src/profiler/diff/diffRuns.ts';
import { mostTellingFirst } from '../../../../src/profiler/diff/counterOrder.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import type { ChartHeader } from '../../../../src/protocol/chart.ts';
import type { DiffResult } from '../../../../webview/diff/model/diffResult.ts';

/** A run of spans one behind the other, which loaded its audio so many times. */
export function runOf(
  name: string,
  loads: number,
  ...spans: (readonly [name: string, durationNs: number])[]
): Run {
  const builder = new RunBuilder({
    ...{ id: `id-${name}`, name, kind: 'ingest', epochNs: 1_790_000_000_000_000_000n },
    provenance: { client: 'earshot', version: '0.1.0', format: 'recorder' },
  });
  const track = builder.track('main', 'thread');
  let startNs = 0;
  for (const [span, durationNs] of spans) {
    builder.addSpan({ name: span, startNs, durationNs, track, parent: null });
    startNs += durationNs;
  }
  builder.addWork('voice', { unit: 'segments', itemsIn: 1, itemsOut: 1, loads: { audio: loads } });
  return builder.finish({ status: 'done' });
}

/** A header that says nothing but the name. */
export function headerOf(run: Run): ChartHeader {
  return {
    chart: `chart-${run.id}`,
    revision: 0,
    run: {
      ...{ id: run.id, name: run.name, kind: run.kind, status: run.status, error: null },
      ...{ series: null, stored: true, format: 'recorder', startedAt: null, videoId: null },
      ...{ spans: run.spans.startNs.length, weightsUnit: run.weights?.unit ?? null },
      ...{ rejected: 0, rejections: [], notes: [] },
    },
    extent: 0,
    views: ['time'],
    tracks: [],
    leftHeavy: { id: 0, name: '', kind: 'process', rows: 0, spans: 0, pieces: 0, flags: 0 },
    ...{ counters: [], names: 0, instants: 0, links: 0, stages: [], strip: [], findings: [] },
  } as unknown as ChartHeader;
}

/** What the worker would say of two runs. */
export function diffOf(a: Run, b: Run): DiffResult {
  const { unit, waterfall, counters } = diffRuns(a, b);
  const alignment = alignRuns(a, b);
  return {
    diff: 'd1',
    a: headerOf(a),
    b: headerOf(b),
    ...{ unit, startA: 0, startB: 0, totalA: waterfall.totalA, totalB: waterfall.totalB },
    steps: [...waterfall.steps],
    explainedShare: waterfall.explainedShare,
    pairs: alignment.pairA.length,
    onlyInA: alignment.onlyInA.length,
    onlyInB: alignment.onlyInB.length,
    ...changedPairs(a, b, alignment, 200),
    loneA: loneSpans(a, alignment.onlyInA),
    loneB: loneSpans(b, alignment.onlyInB),
    counters: mostTellingFirst(counters),
    tracks: [],
  };
}

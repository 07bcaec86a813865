import type { ChartCounter, ChartHeader, ChartStage, ChartTrack } from '../../protocol/chart.ts';
import type { ChartModel } from '../../profiler/chart/chartModel.ts';
import { cutText } from '../../profiler/chart/cutText.ts';
import { isOver } from '../../profiler/chart/spanMarks.ts';
import { piecesOf } from '../../profiler/chart/timeLayout.ts';
import { type Run, spanCount } from '../../profiler/model/run.ts';
import { NS_PER_SECOND } from '../../profiler/model/units.ts';
import { findingCard } from '../../runs/findingCard.ts';
import { totalFigure } from './chartStrip.ts';
import type { OpenedChart } from './openCharts.ts';

const MOST_REJECTIONS = 100;
const MOST_FINDINGS = 500;

/** What a panel is told of a chart before it asks for any span. */
export function chartHeader({ handle, chart, model }: OpenedChart): ChartHeader {
  const { run, leftHeavy } = model;
  const { analysed, problem, revision, series, source, keptAs } = chart;
  const timed = run.weights === null;
  return {
    chart: handle,
    revision,
    run: {
      id: keptAs ?? run.id,
      name: cutText(run.name),
      kind: run.kind,
      status: run.status,
      error: run.error,
      series,
      stored: source.kind === 'run' || keptAs !== null,
      format: run.provenance.format,
      startedAt: startOf(run),
      spans: spanCount(run),
      weightsUnit: run.weights?.unit ?? null,
      rejected: run.provenance.rejectedCount,
      rejections: run.provenance.rejected
        .slice(0, MOST_REJECTIONS)
        .map(({ file, offset, reason }) => ({ file, offset, reason })),
      notes: notesOf(run, problem),
    },
    extent: model.extent,
    leftHeavyExtent: leftHeavy.extent,
    views: timed ? ['time', 'left-heavy', 'sandwich'] : ['left-heavy', 'sandwich'],
    tracks: tracksOf(model),
    leftHeavy: {
      id: 0,
      name: 'Stacks',
      kind: 'thread',
      rows: leftHeavy.rows,
      spans: leftHeavy.row.length,
      pieces: piecesOf({ from: 0, to: leftHeavy.row.length }),
      flags: orOf(model.flags('left-heavy')),
    },
    counters: run.counters.map(counterOf),
    names: model.names.strings.length,
    instants: run.instants.timeNs.length,
    links: run.links.to.length,
    stages: stagesOf(model),
    strip: [...(analysed?.strip ?? (timed ? unjudgedStrip(model) : []))],
    findings: (analysed?.findings ?? []).slice(0, MOST_FINDINGS).map(findingCard),
    analysed: analysed !== null || problem !== null,
  };
}

/** ISO text; null where the clock of the run has no date that a calendar knows. */
function startOf({ epochNs }: Run): string | null {
  const date = new Date(Number(epochNs / 1_000_000n));
  return epochNs <= 0n || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function notesOf({ provenance, weights }: Run, problem: string | null): string[] {
  const { droppedSpans, droppedInstants, droppedSamples } = provenance;
  const dropped = [
    [droppedSpans, 'spans'],
    [droppedInstants, 'log lines and events'],
    [droppedSamples, 'samples of counters'],
  ] as const;
  return [
    ...dropped
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what} were measured but not kept.`),
    ...(weights === null
      ? []
      : [`This run has ${weights.unit} but no times: it can be seen by its stacks only.`]),
    ...(problem === null ? [] : [problem]),
  ];
}

function tracksOf(model: ChartModel): ChartTrack[] {
  const flags = new Uint8Array(model.run.tracks.length);
  const ofSpans = model.flags('time');
  model.run.spans.trackId.forEach((track, span) => {
    flags[track] = (flags[track] ?? 0) | (ofSpans[span] ?? 0);
  });
  return model.layout.tracks.map(({ id, name, kind, rows, from, to }) => ({
    ...{ id, name: cutText(name), kind, rows },
    spans: to - from,
    pieces: piecesOf({ from, to }),
    flags: flags[id] ?? 0,
  }));
}

function orOf(flags: Uint8Array): number {
  return flags.reduce((or, each) => or | each, 0);
}

function counterOf(
  { name, unit, trackId, timesNs, values }: Run['counters'][number],
  index: number,
): ChartCounter {
  let min = values[0] ?? 0;
  let max = min;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return {
    index,
    name: cutText(name),
    unit: cutText(unit),
    trackId,
    points: timesNs.length,
    min,
    max,
  };
}

function stagesOf({ run, layout, marks }: ChartModel): ChartStage[] {
  return (marks?.stages ?? []).map((stage) => {
    const [first = 0] = stage.spans;
    return {
      stage: cutText(stage.stage),
      startNs: run.spans.startNs[first] ?? 0,
      trackId: run.spans.trackId[first] ?? 0,
      row: layout.row[first] ?? 0,
      seconds: stage.seconds,
      allowedSeconds: stage.expectedSeconds,
      met: stage.expectedSeconds === null ? null : !isOver(stage),
    };
  });
}

function unjudgedStrip({ extent }: ChartModel): ChartHeader['strip'] {
  const total = totalFigure(extent / NS_PER_SECOND);
  return total === null ? [] : [total];
}

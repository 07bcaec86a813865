import { isAbsolute } from 'node:path';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { SourceLine } from '../../protocol/chart.ts';
import {
  ChartAggregate,
  ChartCounterPoints,
  ChartCriticalPath,
  ChartFunctions,
  ChartInstantTexts,
  ChartInstants,
  ChartLinks,
  ChartNames,
  ChartOverview,
  ChartPiece,
  ChartProgress,
  ChartSandwich,
  ChartSearch,
  ChartSpan,
  CloseChart,
  ExportChart,
  GetChartHeader,
  KeepChart,
  LocateInChart,
  OpenChart,
} from '../../protocol/chartMessages.ts';
import {
  encodeCounter,
  encodeInstants,
  encodeLinks,
  encodeOverview,
  encodePiece,
  encodeSpans,
} from '../../profiler/chart/chartColumns.ts';
import { criticalSteps } from '../../profiler/chart/criticalSteps.ts';
import { cutText } from '../../profiler/chart/cutText.ts';
import { nameText } from '../../profiler/chart/nameTable.ts';
import { decimatedCounter, placedLinks, thinnedInstants } from '../../profiler/chart/points.ts';
import { nodeFacts, spanFacts } from '../../profiler/chart/spanDetails.ts';
import type { FindingSubject } from '../../profiler/diagnosis/finding.ts';
import { type SourceRef, spanCount, spanName, stringOf } from '../../profiler/model/run.ts';
import { abortSignalOf } from '../abortSignalOf.ts';
import { exportFile } from '../exportFile.ts';
import type { CreateService, WorkerContext } from '../workerContext.ts';
import { chartExport } from './chartExport.ts';
import { chartHeader } from './chartHeader.ts';
import { relativePath } from './chartLoader.ts';
import { findPlace } from './chartPlaces.ts';
import { chartsOf, stopCharts } from './chartsOf.ts';
import type { OpenCharts, OpenedChart } from './openCharts.ts';

/** Names in one answer, by number and by letters. */
const NAMES_A_PAGE = 20_000;
const LETTERS_A_PAGE = 1_000_000;
const MOST_STEPS = 10_000;

/** Opens runs and files as charts and answers what panels ask about them. */
export const createChartsService: CreateService = (context) => {
  const charts = chartsOf(context);
  const stopping = new AbortController();
  handleOpening(context, charts, stopping.signal);
  handleSpans(context, charts);
  handleTotals(context, charts);
  handlePoints(context, charts);
  handleFiles(context, charts);
  return {
    check: () => charts.check(),
    stop: async () => {
      stopping.abort();
      await stopCharts(context);
    },
  };
};

function handleOpening(
  { connection }: WorkerContext,
  charts: OpenCharts,
  stopping: AbortSignal,
): void {
  connection.handle(OpenChart, async ({ operation, source }, signal) => {
    const opened = await charts.open(source, abortSignalOf(signal, stopping), (progress) =>
      connection.notify(ChartProgress, { operation, ...progress }),
    );
    return chartHeader(opened);
  });
  connection.handle(GetChartHeader, async ({ chart }) => chartHeader(await charts.use(chart)));
  connection.handle(CloseChart, ({ chart }) => {
    charts.release(chart);
    return {};
  });
}

function handleSpans({ connection }: WorkerContext, charts: OpenCharts): void {
  connection.handle(ChartNames, async ({ chart, from }) => {
    const { model } = await charts.use(chart);
    const all = model.names.strings.length;
    const names: string[] = [];
    let letters = 0;
    while (from + names.length < all && names.length < NAMES_A_PAGE && letters < LETTERS_A_PAGE) {
      const name = nameText(model.run, model.names, from + names.length);
      names.push(name);
      letters += name.length;
    }
    const next = from + names.length;
    return { names, next: next < all ? next : null };
  });
  connection.handle(ChartOverview, async ({ chart, view, buckets }) => {
    const { model } = await charts.use(chart);
    return { bytes: encodeOverview(model.overview(view, buckets)) };
  });
  connection.handle(ChartPiece, async ({ chart, view, track, piece }) => {
    const { model, chart: shared } = await charts.use(chart);
    const columns = model.piece(view, track, piece);
    if (columns === null) throw nothingThere('track');
    return { revision: shared.revision, bytes: encodePiece(columns) };
  });
  connection.handle(ChartSpan, async ({ chart, view, span }) => {
    const { model } = await charts.use(chart);
    const facts = view === 'time' ? spanFacts(model, span) : nodeFacts(model, span);
    if (facts === null) throw nothingThere('span');
    return { ...facts, source: facts.source === null ? null : sourceLine(facts.source) };
  });
  connection.handle(ChartSearch, async ({ chart, view, text, limit }) => {
    const { model } = await charts.use(chart);
    const { spans, total } = model.search(view, text, limit);
    return { spans: encodeSpans(spans), total };
  });
}

function handleTotals({ connection }: WorkerContext, charts: OpenCharts): void {
  connection.handle(ChartSandwich, async ({ chart, nameId }) => {
    const { model } = await charts.use(chart);
    if (nameId >= model.names.strings.length) throw nothingThere('name');
    const { total, callers, callees } = model.sandwich(nameId);
    return { total, callers: encodePiece(callers), callees: encodePiece(callees) };
  });
  connection.handle(ChartFunctions, async ({ chart, limit }) => {
    const { model } = await charts.use(chart);
    const { rows, all } = model.functions.top(limit);
    return { functions: rows, all };
  });
  connection.handle(ChartAggregate, async ({ chart, from, to, tracks, limit }) => {
    const { model } = await charts.use(chart);
    return model.aggregate({ fromNs: from, toNs: to, tracks }, limit);
  });
  connection.handle(ChartCriticalPath, async ({ chart }) => {
    const { model } = await charts.use(chart);
    return criticalSteps(model.run, model.critical, MOST_STEPS);
  });
}

function handlePoints({ connection }: WorkerContext, charts: OpenCharts): void {
  connection.handle(ChartInstants, async ({ chart, limit }) => {
    const { model } = await charts.use(chart);
    return { bytes: encodeInstants(thinnedInstants(model.run, model.extent, limit)) };
  });
  connection.handle(ChartInstantTexts, async ({ chart, instants }) => {
    const { run } = (await charts.use(chart)).model;
    return { texts: instants.map((at) => cutText(stringOf(run, run.instants.textId[at] ?? 0))) };
  });
  connection.handle(ChartCounterPoints, async ({ chart, counter, points }) => {
    const { model } = await charts.use(chart);
    const found = model.run.counters[counter];
    if (found === undefined) throw nothingThere('counter');
    return { bytes: encodeCounter(decimatedCounter(found, model.extent, points)) };
  });
  connection.handle(ChartLinks, async ({ chart, limit }) => {
    const { model } = await charts.use(chart);
    return { bytes: encodeLinks(placedLinks(model.run, model.layout, limit)) };
  });
}

function handleFiles(context: WorkerContext, charts: OpenCharts): void {
  const { connection } = context;
  connection.handle(ExportChart, async ({ chart, format, path }) => {
    if (!isAbsolute(path)) throw relativePath(path);
    const opened = await charts.use(chart);
    return { bytes: await exportFile(await chartExport(opened, format), path) };
  });
  connection.handle(KeepChart, async ({ chart }) => {
    const { chart: shared, model } = await charts.use(chart);
    if (shared.source.kind === 'run') return { runId: model.run.id };
    if (shared.keptAs === null) context.library().profiles.put(model.run);
    shared.keptAs = model.run.id;
    return { runId: model.run.id };
  });
  connection.handle(LocateInChart, async ({ chart, span, finding }) => {
    const opened = await charts.use(chart);
    const subject = subjectOf(opened, span, finding);
    return findPlace(opened.model.run, subject, context.options().workspace);
  });
}

function subjectOf(
  { chart, model: { run } }: OpenedChart,
  span: number | null,
  finding: number | null,
): FindingSubject {
  if (span !== null) {
    if (span >= spanCount(run)) throw nothingThere('span');
    // What is found fault with has the line of the finding, where nothing says more of the span itself.
    const findings = chart.analysed?.findings ?? [];
    const about = findings.filter(({ subject }) => subject.spans.includes(span));
    return {
      spans: [span],
      texts: [spanName(run, span), ...about.flatMap(({ subject }) => subject.texts)],
    };
  }
  const found = finding === null ? undefined : chart.analysed?.findings[finding];
  if (found === undefined) throw nothingThere('finding');
  return found.subject;
}

function sourceLine({ file, line, column, rung }: SourceRef): SourceLine {
  return { file, line, column: column ?? null, rung };
}

function nothingThere(what: string): EarshotError {
  return new EarshotError(
    'chart.not-there',
    `The chart has no such ${what}.`,
    'Reload the chart: it shows an older state of the run.',
  );
}

import { z } from 'zod';
import {
  Bytes,
  ChartHeader,
  ChartSource,
  ChartView,
  CriticalStep,
  ExportFormat,
  NameTotal,
  SpanDetails,
} from './chart.ts';
import { notification, request } from './messageTypes.ts';

/*
 * What a panel asks of the worker about a run. The extension passes these on unchanged (PANEL_REQUESTS), so their direction
 * is from the extension. An unknown `chart` is answered by the error `chart.unknown`: the asker opens it again.
 */
const toWorker = 'extension → worker';
const toExtension = 'worker → extension';

const Chart = z.object({ chart: z.string() });
const Index = z.number().int().min(0);
const operation = z.string();

/** Opens a run for drawing; of a file tells `chartProgress`. Cancelling the request stops the import. */
export const OpenChart = request(
  'openChart',
  toWorker,
  z.object({ operation, source: ChartSource }),
  ChartHeader,
);

/** What is there now of a chart that has changed. */
export const GetChartHeader = request('chartHeader', toWorker, Chart, ChartHeader);

/** The panel has gone: the run need not be held any longer. */
export const CloseChart = request('closeChart', toWorker, Chart, z.object({}));

/** How far an import is. */
export const ChartProgress = notification(
  'chartProgress',
  toExtension,
  z.object({ operation, fraction: z.number().min(0).max(1).nullable(), text: z.string() }),
);

/** A live run has grown or ended: ask for the header, then for the pieces again. */
export const ChartChanged = notification(
  'chartChanged',
  toExtension,
  z.object({ chart: z.string(), revision: Index }),
);

/** Names of spans from a place on; `next` is null at the end. */
export const ChartNames = request(
  'chartNames',
  toWorker,
  Chart.extend({ from: Index }),
  z.object({ names: z.array(z.string()), next: Index.nullable() }),
);

/** Bands of all tracks for the overview and for collapsed tracks (`decodeOverview`). */
export const ChartOverview = request(
  'chartOverview',
  toWorker,
  Chart.extend({
    view: ChartView.exclude(['sandwich']),
    buckets: z.number().int().min(1).max(8192),
  }),
  z.object({ bytes: Bytes }),
);

/** One piece of a track's spans (`decodePiece`). Track 0 of `left-heavy` is the only one there. */
export const ChartPiece = request(
  'chartPiece',
  toWorker,
  Chart.extend({ view: ChartView.exclude(['sandwich']), track: Index, piece: Index }),
  z.object({ revision: Index, bytes: Bytes }),
);

/** Callers (drawn upwards) and callees of all spans of a name (`decodePiece`, rows from the name outwards). */
export const ChartSandwich = request(
  'chartSandwich',
  toWorker,
  Chart.extend({ nameId: Index }),
  z.object({ total: NameTotal, callers: Bytes, callees: Bytes }),
);

/** The functions of a run: the table beside the sandwich; the largest self time first, at most `limit`. */
export const ChartFunctions = request(
  'chartFunctions',
  toWorker,
  Chart.extend({ limit: z.number().int().min(1).max(10_000) }),
  z.object({ functions: z.array(NameTotal), all: Index }),
);

/** What lies in a stretch of time on some tracks (all where none is given), clipped to it; the longest first. */
export const ChartAggregate = request(
  'chartAggregate',
  toWorker,
  Chart.extend({
    from: z.number(),
    to: z.number(),
    tracks: z.array(Index),
    limit: z.number().int().min(1).max(1000),
  }),
  z.object({ names: z.array(NameTotal), spans: Index, busy: z.number() }),
);

/** One span; in a merged view one node. */
export const ChartSpan = request(
  'chartSpan',
  toWorker,
  Chart.extend({ view: ChartView.exclude(['sandwich']), span: Index }),
  SpanDetails,
);

/**
 * Spans whose name contains the text, whatever its case, in the order of time: indices as u32 (`decodeSpans`), at most
 * `limit`, with the number of all. In `left-heavy` nodes, row by row.
 */
export const ChartSearch = request(
  'chartSearch',
  toWorker,
  Chart.extend({
    view: ChartView.exclude(['sandwich']).default('time'),
    text: z.string(),
    limit: z.number().int().min(1).max(200_000),
  }),
  z.object({ spans: Bytes, total: Index }),
);

/** Log lines and events (`decodeInstants`); where there are more than `limit`, the worst of each stretch. */
export const ChartInstants = request(
  'chartInstants',
  toWorker,
  Chart.extend({ limit: z.number().int().min(1).max(500_000) }),
  z.object({ bytes: Bytes }),
);

/** Text of instants by their places in the run. */
export const ChartInstantTexts = request(
  'chartInstantTexts',
  toWorker,
  Chart.extend({ instants: z.array(Index).max(1000) }),
  z.object({ texts: z.array(z.string()) }),
);

/** A counter (`decodeCounter`): at most `points` points, with the least and the greatest of each stretch kept. */
export const ChartCounterPoints = request(
  'chartCounter',
  toWorker,
  Chart.extend({ counter: Index, points: z.number().int().min(2).max(100_000) }),
  z.object({ bytes: Bytes }),
);

/** Causal links and flows (`decodeLinks`), at most `limit`. */
export const ChartLinks = request(
  'chartLinks',
  toWorker,
  Chart.extend({ limit: z.number().int().min(1).max(100_000) }),
  z.object({ bytes: Bytes }),
);

/** The chain of spans that decides how long the run takes; at most 10,000 steps. */
export const ChartCriticalPath = request(
  'chartCriticalPath',
  toWorker,
  Chart,
  z.object({ steps: z.array(CriticalStep), totalNs: z.number() }),
);

/** Writes the run in an exchange format to a file. @throws `export.no-time` where the format needs times. */
export const ExportChart = request(
  'exportChart',
  toWorker,
  Chart.extend({ format: ExportFormat, path: z.string().min(1) }),
  z.object({ bytes: Index }),
);

/** Puts a file that was only looked at into the library. */
export const KeepChart = request('keepChart', toWorker, Chart, z.object({ runId: z.string() }));

/**
 * Where a span (or else a finding of the header) is in the sources: an absolute path inside of the workspace, by the whole
 * ladder. Null with a reason where it is nowhere, or outside of the workspace.
 */
export const LocateInChart = request(
  'locateInChart',
  toWorker,
  Chart.extend({ span: Index.nullable(), finding: Index.nullable() }),
  z.discriminatedUnion('found', [
    z.object({
      found: z.literal(true),
      path: z.string(),
      line: z.number().int().min(1),
      column: z.number().int().min(1).nullable(),
      rung: z.string(),
    }),
    z.object({ found: z.literal(false), reason: z.string() }),
  ]),
);

export const CHART_MESSAGES = [
  OpenChart,
  GetChartHeader,
  CloseChart,
  ChartProgress,
  ChartChanged,
  ChartNames,
  ChartOverview,
  ChartPiece,
  ChartSandwich,
  ChartFunctions,
  ChartAggregate,
  ChartSpan,
  ChartSearch,
  ChartInstants,
  ChartInstantTexts,
  ChartCounterPoints,
  ChartLinks,
  ChartCriticalPath,
  ExportChart,
  KeepChart,
  LocateInChart,
] as const;

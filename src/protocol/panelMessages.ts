import { z } from 'zod';
import { ChartSource, ChartView } from './chart.ts';
import {
  ChartAggregate,
  ChartChanged,
  ChartCounterPoints,
  ChartCriticalPath,
  ChartFunctions,
  ChartInstants,
  ChartInstantTexts,
  ChartLinks,
  ChartNames,
  ChartOverview,
  ChartPiece,
  ChartProgress,
  ChartSandwich,
  ChartSearch,
  ChartSpan,
  CloseChart,
  GetChartHeader,
  KeepChart,
  OpenChart,
} from './chartMessages.ts';
import { IngestEvent } from './ingest.ts';
import { notification, request } from './messageTypes.ts';
import {
  AcceptRuns,
  CloseDiff,
  DiffMarks,
  DiffPartner,
  DiffSpans,
  GetDashboard,
  GetLedgerBucket,
  GetRunDetails,
  ListRuns,
  OpenDiff,
  RunsChanged,
} from './runMessages.ts';

/*
 * What a panel's page and the extension tell one another, beside what the extension passes on to the worker and back
 * (PANEL_REQUESTS, PANEL_NOTIFICATIONS). The page may ask for nothing else: no command, no path of its own choice.
 */
const toExtension = 'panel → extension';
const toPanel = 'extension → panel';

/** What a panel shows. It is what is kept over a restart, so it names no handles. */
export const PanelContent = z.discriminatedUnion('panel', [
  z.object({
    panel: z.literal('flame'),
    source: ChartSource,
    /** A span to go to at the beginning. */
    span: z.number().int().min(0).nullable(),
    view: ChartView.nullable(),
  }),
  z.object({ panel: z.literal('dashboard'), series: z.string().nullable() }),
  z.object({ panel: z.literal('diff'), a: ChartSource, b: ChartSource }),
]);
export type PanelContent = z.infer<typeof PanelContent>;

/** Settings that a page follows; it hears of changes at once. */
export const PanelSettings = z.object({
  /** `zoom`: the wheel zooms, Shift pans, Alt scrolls. `scroll`: the wheel scrolls, Ctrl zooms. */
  wheel: z.enum(['zoom', 'scroll']),
  /** Whether the person asked for less motion in VS Code; the page also asks the browser. */
  reducedMotion: z.boolean(),
});
export type PanelSettings = z.infer<typeof PanelSettings>;

/** The page has been drawn and hears: what is it to show? The first thing a page asks. */
export const PanelReady = request(
  'panel/ready',
  toExtension,
  z.object({}),
  z.object({ content: PanelContent, settings: PanelSettings }),
);

/** A panel that is open already is to show something else, or another place of it. */
export const ShowInPanel = notification('panel/show', toPanel, z.object({ content: PanelContent }));

export const SettingsChanged = notification('panel/settings', toPanel, PanelSettings);

/** What the page shows now, for its title and for the next start of VS Code. */
export const PanelShows = notification(
  'panel/shows',
  toExtension,
  z.object({ title: z.string(), content: PanelContent }),
);

/** The worker was started anew: handles of charts are unknown, open them again. */
export const WorkerRestarted = notification('panel/workerRestarted', toPanel, z.object({}));

/** Opens the source line of a span or a finding beside the panel; the extension finds the place itself. */
export const OpenSource = request(
  'panel/openSource',
  toExtension,
  z.object({
    chart: z.string(),
    span: z.number().int().min(0).nullable(),
    finding: z.number().int().min(0).nullable(),
  }),
  z.object({ opened: z.boolean(), reason: z.string() }),
);

/** Opens the line of a finding of a stored run that is not drawn here. */
export const OpenFinding = request(
  'panel/openFinding',
  toExtension,
  z.object({ runId: z.string(), finding: z.number().int().min(0) }),
  z.object({ opened: z.boolean(), reason: z.string() }),
);

/** Opens another panel, or this one's content elsewhere. */
export const OpenPanel = request(
  'panel/open',
  toExtension,
  z.object({ content: PanelContent }),
  z.object({}),
);

/** Opens a transcript at a segment. */
export const OpenSegment = request(
  'panel/openSegment',
  toExtension,
  z.object({ videoId: z.string(), segment: z.number().int().min(0) }),
  z.object({}),
);

/** The person chooses a run, a file, or two for a diff. Null when they think better of it. */
export const ChooseSource = request(
  'panel/chooseSource',
  toExtension,
  z.object({ title: z.string() }),
  z.object({ source: ChartSource.nullable() }),
);

/** Asks for a file name and writes the chart there; a picture comes from the page. Null when cancelled. */
export const SaveExport = request(
  'panel/saveExport',
  toExtension,
  z.discriminatedUnion('what', [
    z.object({
      what: z.literal('run'),
      chart: z.string(),
      format: z.enum(['speedscope', 'chrome', 'otlp', 'md']),
      name: z.string(),
    }),
    z.object({
      what: z.literal('picture'),
      format: z.enum(['png', 'svg']),
      name: z.string(),
      bytes: z.instanceof(Uint8Array),
    }),
  ]),
  z.object({ path: z.string().nullable() }),
);

/** Puts text on the clipboard. */
export const CopyText = request(
  'panel/copy',
  toExtension,
  z.object({ text: z.string() }),
  z.object({}),
);

/** A sentence for a person: shown as VS Code shows it. */
export const TellPerson = notification(
  'panel/tell',
  toExtension,
  z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string() }),
);

/** The page failed at something nobody asked it for: for the log. */
export const PageProblem = notification(
  'panel/problem',
  toExtension,
  z.object({ text: z.string() }),
);

/** A live ingest goes on; the dashboard follows it. */
export const PanelIngestEvent = notification(
  'panel/ingestEvent',
  toPanel,
  z.object({ event: IngestEvent }),
);

/** Requests of the worker's that a page may make: the extension passes them on as they are, and no others. */
export const PANEL_REQUESTS = [
  OpenChart,
  GetChartHeader,
  CloseChart,
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
  KeepChart,
  ListRuns,
  AcceptRuns,
  GetDashboard,
  GetRunDetails,
  GetLedgerBucket,
  OpenDiff,
  DiffMarks,
  DiffSpans,
  DiffPartner,
  CloseDiff,
] as const;

/** What the worker tells that a page may hear too. */
export const PANEL_NOTIFICATIONS = [ChartProgress, ChartChanged, RunsChanged] as const;

export const PANEL_MESSAGES = [
  PanelReady,
  ShowInPanel,
  SettingsChanged,
  PanelShows,
  WorkerRestarted,
  OpenSource,
  OpenFinding,
  OpenPanel,
  OpenSegment,
  ChooseSource,
  SaveExport,
  CopyText,
  TellPerson,
  PageProblem,
  PanelIngestEvent,
] as const;

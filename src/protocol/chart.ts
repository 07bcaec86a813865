import { z } from 'zod';

/** Bytes of columns (`src/profiler/chart/pieceCodec.ts` and its neighbours): never JSON for what grows with a run. */
export const Bytes = z.instanceof(Uint8Array);

const Count = z.number().int().min(0);

/** What a chart draws: a run of the library, or a file that is only looked at. */
export const ChartSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), id: z.string().min(1) }),
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
]);
export type ChartSource = z.infer<typeof ChartSource>;

/** `time`: as it happened. `left-heavy`: equal stacks merged, the longest first. `sandwich`: callers and callees of one name. */
export const ChartView = z.enum(['time', 'left-heavy', 'sandwich']);
export type ChartView = z.infer<typeof ChartView>;

/** A figure of the whole run beside its target; both in `unit`. */
export const ChartFigure = z.object({
  name: z.string(),
  /** For people: `Total`, `Real-time factor`. */
  title: z.string(),
  value: z.number().nullable(),
  /** UCUM or a plain word: `s`, `s/s`, `h/h`, `texts/s`, `share`, `By`. */
  unit: z.string(),
  target: z.number().nullable(),
  direction: z.enum(['at-most', 'at-least']),
  met: z.boolean().nullable(),
});
export type ChartFigure = z.infer<typeof ChartFigure>;

export const ChartTrack = z.object({
  id: Count,
  name: z.string(),
  kind: z.enum(['process', 'thread', 'resource', 'counter']),
  /** Rows of all its lanes together; 0 for a track of counters only. */
  rows: Count,
  spans: Count,
  /** Pieces that its spans come in; see `chartPiece`. */
  pieces: Count,
  /** The worst that is in it: one of the SPAN_FLAG bits, or-ed. */
  flags: Count,
});
export type ChartTrack = z.infer<typeof ChartTrack>;

export const ChartCounter = z.object({
  /** Place in `Run.counters`. */
  index: Count,
  name: z.string(),
  unit: z.string(),
  trackId: Count,
  points: Count,
  min: z.number(),
  max: z.number(),
});
export type ChartCounter = z.infer<typeof ChartCounter>;

/** A stage with the time it took and the time it was allowed: the ghost bar. */
export const ChartStage = z.object({
  stage: z.string(),
  /** Where its first span begins, and its track, for the place of the ghost bar. */
  startNs: z.number(),
  trackId: Count,
  row: Count,
  seconds: z.number(),
  allowedSeconds: z.number().nullable(),
  met: z.boolean().nullable(),
});
export type ChartStage = z.infer<typeof ChartStage>;

/** A line of a source file, as the ladder found it. */
export const SourceLine = z.object({
  /** As the run names it, or relative to the workspace. */
  file: z.string(),
  line: z.number().int().min(1),
  column: z.number().int().min(1).nullable(),
  rung: z.enum(['code-attribute', 'frame', 'symbol', 'string-literal', 'user-map']),
});
export type SourceLine = z.infer<typeof SourceLine>;

/** A line of a log or a span that a finding rests on. */
export const EvidenceLine = z.object({
  text: z.string(),
  file: z.string().nullable(),
  line: z.number().int().min(1).nullable(),
  /** Index of the span in the run. */
  span: z.number().int().min(0).nullable(),
});
export type EvidenceLine = z.infer<typeof EvidenceLine>;

/** A finding with everything a card shows. */
export const FindingCard = z.object({
  kind: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  count: z.number(),
  wastedSeconds: z.number().nullable(),
  share: z.number().nullable(),
  expected: z.string(),
  actual: z.string(),
  cause: z.string(),
  fix: z.string(),
  confidence: z.number(),
  refutedBy: z.string(),
  evidence: z.array(EvidenceLine),
  location: SourceLine.nullable(),
  /** Spans it is about, the most telling first; at most 1000. */
  spans: z.array(z.number().int().min(0)),
});
export type FindingCard = z.infer<typeof FindingCard>;

/** What a panel knows of a run before it asks for any span. */
export const ChartHeader = z.object({
  /** Handle of the opened chart, for all further requests; it is unknown again when the worker was started anew. */
  chart: z.string(),
  /** Rises when a live run has grown: pieces of an older revision are stale. */
  revision: Count,
  run: z.object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    status: z.string(),
    error: z.string().nullable(),
    series: z.string().nullable(),
    /** Whether it lies in the library; a file that is looked at does not. */
    stored: z.boolean(),
    format: z.string(),
    /** ISO time, or null where its clock has no date. */
    startedAt: z.string().nullable(),
    spans: Count,
    /** Unit of the weights of a run without time order; null for one with time. */
    weightsUnit: z.string().nullable(),
    rejected: Count,
    /** What the first rejected rows were and why; at most 100. */
    rejections: z.array(
      z.object({ file: z.string(), offset: z.number().nullable(), reason: z.string() }),
    ),
    notes: z.array(z.string()),
  }),
  /** Length of the time axis in nanoseconds; of a run without time order its total weight. */
  extent: z.number().min(0),
  /** Length of the axis of `left-heavy`: the time of all stacks, one beside the other, so parallel ones add up. */
  leftHeavyExtent: z.number().min(0),
  views: z.array(ChartView),
  /** As they are to be drawn from the top; a single one for `left-heavy`. */
  tracks: z.array(ChartTrack),
  leftHeavy: ChartTrack,
  counters: z.array(ChartCounter),
  /** Distinct names of spans; ids of names are places in this list (`chartNames`). */
  names: Count,
  instants: Count,
  links: Count,
  stages: z.array(ChartStage),
  strip: z.array(ChartFigure),
  /** Empty until the run has been analysed. */
  findings: z.array(FindingCard),
  /** False while a large run is still being looked at: targets, findings and the critical path come with a later revision. */
  analysed: z.boolean(),
});
export type ChartHeader = z.infer<typeof ChartHeader>;

/** Everything about one span, or one node of a merged view. */
export const SpanDetails = z.object({
  span: Count,
  /** The span of the run: itself, or the longest of those that a node stands for. */
  runSpan: Count,
  name: z.string(),
  /** Place in the chart's names. */
  nameId: Count,
  trackId: Count,
  row: Count,
  start: z.number(),
  duration: z.number(),
  self: z.number(),
  status: z.enum(['unset', 'ok', 'error']),
  flags: Count,
  /** Names from the root to the parent; at most 64, the nearest ones. */
  ancestors: z.array(z.object({ span: Count, name: z.string() })),
  attributes: z.array(z.object({ key: z.string(), value: z.string() })),
  events: z.array(z.object({ timeNs: z.number(), text: z.string(), level: z.string() })),
  links: z.array(z.object({ span: Count, name: z.string(), direction: z.enum(['to', 'from']) })),
  /** The same name in the whole run. */
  sameName: z.object({ count: Count, total: z.number(), median: z.number(), max: z.number() }),
  source: SourceLine.nullable(),
  /** Places in `ChartHeader.findings`. */
  findings: z.array(Count),
});
export type SpanDetails = z.infer<typeof SpanDetails>;

/** A name with what its spans come to. */
export const NameTotal = z.object({
  nameId: Count,
  name: z.string(),
  count: Count,
  total: z.number(),
  self: z.number(),
  max: z.number(),
  /** A span of that name, the longest. */
  span: Count,
  errors: Count,
});
export type NameTotal = z.infer<typeof NameTotal>;

/** A piece of the chain of spans that decides how long the run takes. */
export const CriticalStep = z.object({
  span: Count,
  name: z.string(),
  fromNs: z.number(),
  toNs: z.number(),
});
export type CriticalStep = z.infer<typeof CriticalStep>;

export const ExportFormat = z.enum(['speedscope', 'chrome', 'otlp', 'md', 'run']);
export type ExportFormat = z.infer<typeof ExportFormat>;

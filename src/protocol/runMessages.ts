import { z } from 'zod';
import { Bytes, ChartFigure, ChartHeader, ChartSource, FindingCard } from './chart.ts';
import { notification, request } from './messageTypes.ts';

const toWorker = 'extension → worker';
const toExtension = 'worker → extension';
const Index = z.number().int().min(0);

/** A run of the library in a list. */
export const RunSummary = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  series: z.string(),
  status: z.string(),
  startedAt: z.string(),
  bytes: z.number(),
  accepted: z.boolean(),
  /** The video of an ingest. */
  videoId: z.string().nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** Runs, the newest first. */
export const ListRuns = request(
  'listRuns',
  toWorker,
  z.object({ series: z.string().nullable(), limit: z.number().int().min(1).max(10_000) }),
  z.object({ runs: z.array(RunSummary) }),
);

/** Runs came, changed or went, through this worker, another window or the command line. */
export const RunsChanged = notification('runsChanged', toExtension, z.object({}));

/** Reads files of any program into the library as one run. Tells `chartProgress`. */
export const ImportRun = request(
  'importRun',
  toWorker,
  z.object({ operation: z.string(), paths: z.array(z.string().min(1)).min(1) }),
  z.object({ runId: z.string(), rejected: Index }),
);

/** Makes runs the baseline of their series, or takes that back. */
export const AcceptRuns = request(
  'acceptRuns',
  toWorker,
  z.object({
    ids: z.array(z.string()).min(1),
    note: z.string().nullable(),
    withdraw: z.boolean(),
  }),
  z.object({ accepted: z.array(z.string()) }),
);

/** Deletes a run of any program; a video's runs go with the video. */
export const RemoveRun = request(
  'removeRun',
  toWorker,
  z.object({ id: z.string() }),
  z.object({ id: z.string() }),
);

/** How a metric changed between neighbouring runs, or against the accepted ones. */
export const ChangeVerdict = z.object({
  word: z.enum(['slower', 'faster', 'same', 'inconclusive', 'withheld']),
  /** One sentence with the numbers. */
  text: z.string(),
});
export type ChangeVerdict = z.infer<typeof ChangeVerdict>;

/** A run as a point of the dashboard's curves. */
export const DashboardRun = RunSummary.extend({
  seconds: z.number().nullable(),
  stages: z.array(
    z.object({
      stage: z.string(),
      seconds: z.number(),
      expectedSeconds: z.number().nullable(),
      /** Against the accepted runs before it (tier 1 hints and stored confirmations), null for the first. */
      verdict: ChangeVerdict.nullable(),
    }),
  ),
  figures: z.array(ChartFigure),
  verdict: ChangeVerdict.nullable(),
});
export type DashboardRun = z.infer<typeof DashboardRun>;

/** The runs of a series, the oldest first, with their figures; and the series there are, the newest first. */
export const GetDashboard = request(
  'dashboard',
  toWorker,
  z.object({
    /** Null: that of the newest run. */
    series: z.string().nullable(),
    limit: z.number().int().min(1).max(500),
  }),
  z.object({
    series: z.array(z.object({ name: z.string(), kind: z.string(), runs: Index })),
    selected: z.string().nullable(),
    runs: z.array(DashboardRun),
    /** Where the level of a stage changed over the whole series (tier 3). */
    changes: z.array(
      z.object({ stage: z.string(), metric: z.string(), runId: z.string(), text: z.string() }),
    ),
  }),
);

export const LedgerView = z.object({
  name: z.string(),
  title: z.string(),
  unit: z.string(),
  total: z.number(),
  buckets: z.array(
    z.object({
      name: z.string(),
      reason: z.string().nullable(),
      amount: z.number(),
      /** These sum to 100.00. */
      percent: z.number(),
      kind: z.enum(['kept', 'lost', 'neutral', 'unexplained']),
    }),
  ),
});
export type LedgerView = z.infer<typeof LedgerView>;

/** Everything that is said of one run. */
export const GetRunDetails = request(
  'runDetails',
  toWorker,
  z.object({ id: z.string() }),
  z.object({
    run: RunSummary,
    seconds: z.number().nullable(),
    findings: z.array(FindingCard),
    ledgers: z.array(LedgerView),
    figures: z.array(ChartFigure),
    breakdown: z.array(
      z.object({ stage: z.string(), seconds: z.number(), expectedSeconds: z.number().nullable() }),
    ),
  }),
);

/** What is in a bucket of a ledger: segments of the transcript, or spans; at most 500 with the number of all. */
export const GetLedgerBucket = request(
  'ledgerBucket',
  toWorker,
  z.object({ id: z.string(), ledger: z.string(), bucket: Index }),
  z.object({
    items: z.array(
      z.object({
        text: z.string(),
        amount: z.number(),
        /** Index of the segment in the transcript of the run's video. */
        segment: Index.nullable(),
        videoId: z.string().nullable(),
        span: Index.nullable(),
      }),
    ),
    all: Index,
  }),
);

/** One step of the account of a difference; `delta` is `b - a`, in nanoseconds or the unit of the weights. */
export const WaterfallStepView = z.object({
  stage: z.string().nullable(),
  name: z.string(),
  a: z.number(),
  b: z.number(),
  delta: z.number(),
  countA: Index,
  countB: Index,
});
export type WaterfallStepView = z.infer<typeof WaterfallStepView>;

/** Two runs aligned span by span. The charts of both sides stay open until `closeDiff`. */
export const OpenDiff = request(
  'openDiff',
  toWorker,
  z.object({ operation: z.string(), a: ChartSource, b: ChartSource }),
  z.object({
    diff: z.string(),
    a: ChartHeader,
    b: ChartHeader,
    /** `ns`, or the unit of the weights. */
    unit: z.string(),
    totalA: z.number(),
    totalB: z.number(),
    steps: z.array(WaterfallStepView),
    explainedShare: z.number(),
    pairs: Index,
    onlyInA: Index,
    onlyInB: Index,
    counters: z.array(
      z.object({
        stage: z.string().nullable(),
        counter: z.string(),
        a: z.union([z.number(), z.string()]).nullable(),
        b: z.union([z.number(), z.string()]).nullable(),
      }),
    ),
    /** Tracks of A and B that belong together; -1 where a side has none. */
    tracks: z.array(z.object({ a: z.number().int().min(-1), b: z.number().int().min(-1) })),
  }),
);

/**
 * What the diff says of the spans of one piece, in the order of `chartPiece` (`decodeMarks`): the partner, and by how much
 * the pair's own time and whole time changed.
 */
export const DiffMarks = request(
  'diffMarks',
  toWorker,
  z.object({ diff: z.string(), side: z.enum(['a', 'b']), track: Index, piece: Index }),
  z.object({ bytes: Bytes }),
);

export const CloseDiff = request(
  'closeDiff',
  toWorker,
  z.object({ diff: z.string() }),
  z.object({}),
);

export const RUN_MESSAGES = [
  ListRuns,
  RunsChanged,
  ImportRun,
  AcceptRuns,
  RemoveRun,
  GetDashboard,
  GetRunDetails,
  GetLedgerBucket,
  OpenDiff,
  DiffMarks,
  CloseDiff,
] as const;

import { z } from 'zod';
import { Bytes, ChartFigure, ChartHeader, ChartSource, ChartView, FindingCard } from './chart.ts';
import { notification, request } from './messageTypes.ts';

const toWorker = 'extension → worker';
const toExtension = 'worker → extension';
const Index = z.number().int().min(0);

/** One of the two runs of a diff: `a` before, `b` after. */
const DiffSide = z.enum(['a', 'b']);

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
  /** Where it points although nothing is decided: never red. */
  leans: z.enum(['slower', 'faster']).nullable(),
  /** 0 exact figures, 1 screen, 2 a stored confirmation. */
  tier: z.number().int().min(0).max(2),
  /** One sentence with the numbers. */
  text: z.string(),
});
export type ChangeVerdict = z.infer<typeof ChangeVerdict>;

/** A run as a point of the dashboard's curves; times are in the unit of the dashboard. */
export const DashboardRun = RunSummary.extend({
  /** Null for a run that was not finished, which has no stages and figures either. */
  seconds: z.number().nullable(),
  /** Length of the recording of an ingest. */
  audioSeconds: z.number().nullable(),
  /** Stages that were not done anew; such a run is compared with others that left out the same. */
  reused: z.array(z.string()),
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

/**
 * Name under which the ingests of all videos are one history. Recordings differ in length, so times are given in seconds
 * for each hour of audio; verdicts remain those of each video's own series.
 */
export const ALL_INGESTS = 'earshot:all-ingests';

/** The runs of a series, the oldest first, with their figures; and the series there are, the newest first. */
export const GetDashboard = request(
  'dashboard',
  toWorker,
  z.object({
    /** A name of `series`, `ALL_INGESTS`; null: that of the newest run. */
    series: z.string().nullable(),
    limit: z.number().int().min(1).max(500),
  }),
  z.object({
    series: z.array(z.object({ name: z.string(), kind: z.string(), runs: Index })),
    selected: z.string().nullable(),
    /** Of all times in `runs`: seconds, or seconds for each hour of audio. */
    unit: z.enum(['s', 's/h']),
    /** Whether stages may lie within one another, as names of spans do: then their times do not add up. */
    nested: z.boolean(),
    runs: z.array(DashboardRun),
    /** Older runs that are not among these. */
    older: Index,
    /** Where the level of a stage changed over the whole series (tier 3). */
    changes: z.array(
      z.object({
        stage: z.string(),
        metric: z.string(),
        runId: z.string(),
        /** `withheld`: less time, as less was done. */
        direction: z.enum(['slower', 'faster', 'withheld']),
        /** Whether there are runs enough on either side to say that it was this run. */
        settled: z.boolean(),
        text: z.string(),
      }),
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
    /** What to know when reading the items, or why there are none. */
    note: z.string().nullable(),
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

/** A pair of spans whose own part changed: B minus A, in nanoseconds or the unit of the weights. */
export const PairChangeView = z.object({
  a: Index,
  b: Index,
  name: z.string(),
  /** Name of the parent in B; null for a root. */
  parent: z.string().nullable(),
  selfDelta: z.number(),
  totalDelta: z.number(),
});
export type PairChangeView = z.infer<typeof PairChangeView>;

/** Spans of one name and parent that one of the runs alone has; `span` is the first of them. */
export const LoneSpansView = z.object({
  name: z.string(),
  parent: z.string().nullable(),
  count: Index,
  amount: z.number(),
  span: Index,
});
export type LoneSpansView = z.infer<typeof LoneSpansView>;

/**
 * Two runs aligned span by span. The charts of both sides stay open until `closeDiff`.
 *
 * @throws `diff.incomparable` where the runs measure different things.
 */
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
    /** Where the first span of either begins, in nanoseconds after the run's epoch. */
    startA: z.number(),
    startB: z.number(),
    totalA: z.number(),
    totalB: z.number(),
    steps: z.array(WaterfallStepView),
    explainedShare: z.number(),
    pairs: Index,
    onlyInA: Index,
    onlyInB: Index,
    /** The pairs that changed most in themselves; at most 200 of either. */
    slower: z.array(PairChangeView),
    faster: z.array(PairChangeView),
    /** What one of the runs alone has, the weightiest first; at most 200 of either. */
    loneA: z.array(LoneSpansView),
    loneB: z.array(LoneSpansView),
    /** Repeated loads first. */
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
  z.object({
    diff: z.string(),
    side: DiffSide,
    view: ChartView.exclude(['sandwich']),
    track: Index,
    piece: Index,
  }),
  z.object({ bytes: Bytes }),
);

/**
 * Spans of both runs (`decodeSpans`; nodes in a merged view): those that steps of the waterfall are made of, or those that
 * one of the runs alone has. Of the step of idle time, the stretches in which no span ran.
 */
export const DiffSpans = request(
  'diffSpans',
  toWorker,
  z.object({
    diff: z.string(),
    view: ChartView.exclude(['sandwich']),
    of: z.discriminatedUnion('kind', [
      /** Places in `steps`. */
      z.object({ kind: z.literal('steps'), steps: z.array(Index).max(10_000) }),
      z.object({ kind: z.literal('only') }),
    ]),
  }),
  z.object({
    a: Bytes,
    b: Bytes,
    /** At most 10,000 of either run, the longest ones. */
    idleA: z.array(z.object({ fromNs: z.number(), toNs: z.number() })),
    idleB: z.array(z.object({ fromNs: z.number(), toNs: z.number() })),
  }),
);

/** The span of the other run that is the same piece of work; null where there is none. */
export const DiffPartner = request(
  'diffPartner',
  toWorker,
  z.object({
    diff: z.string(),
    side: DiffSide,
    view: ChartView.exclude(['sandwich']),
    span: Index,
  }),
  z.object({ partner: Index.nullable() }),
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
  DiffSpans,
  DiffPartner,
  CloseDiff,
] as const;

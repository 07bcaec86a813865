import { attributeOf } from '../model/attributes.ts';
import { ATTRIBUTE, STAGE_STATES, type StageState } from '../model/attributeNames.ts';
import type { Run } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { NS_PER_SECOND, type Seconds, type SpanIndex } from '../model/units.ts';
import { RUN_STAGE, type WorkAccount } from '../model/workAccount.ts';
import { type Intervals, spanLength, unionLength } from './intervals.ts';
import { type StageSpans, stageSpans } from './stageSpans.ts';

/** What one stage did, in one line. Null where it is not known or has no meaning. */
export interface StageRow {
  readonly stage: string;
  readonly state: StageState;
  /** Time in which at least one unit of the stage was being worked on: the union of its units' intervals. */
  readonly busySeconds: Seconds | null;
  /** From the beginning of the stage to its end, waiting for earlier stages included. */
  readonly elapsedSeconds: Seconds | null;
  readonly cpuSeconds: Seconds | null;
  /** Busy seconds for each second of audio. */
  readonly realTimeFactor: number | null;
  /** Items out for each busy second. */
  readonly throughput: number | null;
  /** What is counted in `items` and `throughput`. */
  readonly unit: string;
  readonly items: {
    readonly in: number;
    readonly out: number;
    readonly dropped: Readonly<Record<string, number>>;
  };
  /** Items out for each item in. */
  readonly coverage: number | null;
  readonly audioSeconds: Seconds | null;
  readonly loads: Readonly<Record<string, number>>;
  readonly deviceAsked: string | null;
  readonly deviceUsed: string | null;
  readonly batchSize: number | null;
}

const NO_WORK: Omit<WorkAccount, 'stage'> = {
  unit: '',
  itemsIn: 0,
  itemsOut: 0,
  dropped: {},
  audioSeconds: null,
  deviceAsked: null,
  deviceUsed: null,
  batchSize: null,
  loads: {},
};

/**
 * The stages of a run with their times and work, in the order in which they began; stages that only have a work
 * account come last.
 */
export function stageTable(run: Run): StageRow[] {
  const accounts = new Map(run.work.map((account) => [account.stage, account]));
  const runAudio = audioSecondsOf(run);
  const rows = stageSpans(run).map((spans) =>
    rowOf(run, spans, accounts.get(spans.stage), runAudio),
  );
  const timed = new Set(rows.map(({ stage }) => stage));
  const untimed = run.work.filter(({ stage }) => stage !== RUN_STAGE && !timed.has(stage));
  const noSpans = untimed.map(({ stage }) => ({ stage, whole: [], units: [] }));
  return [
    ...rows,
    ...noSpans.map((spans) => rowOf(run, spans, accounts.get(spans.stage), runAudio)),
  ];
}

/** Seconds of audio that the run was about, from its root spans, or null. */
export function audioSecondsOf(run: Run): Seconds | null {
  for (let span = 0; span < run.spans.parent.length; span += 1) {
    if (run.spans.parent[span] !== -1) continue;
    const seconds = attributeOf(run, span, ATTRIBUTE.audioSeconds);
    if (typeof seconds === 'number' && seconds > 0) return seconds;
  }
  return null;
}

/** Intervals of spans in seconds after the run's epoch. */
export function intervalsOf(run: Run, spans: readonly SpanIndex[]): Intervals {
  return spans.map((span) => {
    const start = run.spans.startNs[span] ?? 0;
    return [
      start / NS_PER_SECOND,
      (start + (run.spans.durationNs[span] ?? 0)) / NS_PER_SECOND,
    ] as const;
  });
}

function rowOf(
  run: Run,
  { stage, whole, units }: StageSpans,
  account: WorkAccount | undefined,
  runAudio: Seconds | null,
): StageRow {
  const work = account ?? NO_WORK;
  const timed = run.weights === null && whole.length + units.length > 0;
  const state = stateOf(run, whole, units);
  const busySeconds = timed
    ? unionLength(intervalsOf(run, units.length > 0 ? units : whole))
    : null;
  const audioSeconds = work.audioSeconds ?? sumOf(run, whole, ATTRIBUTE.audioSeconds) ?? runAudio;
  const worked = state !== 'cached' && state !== 'skipped' && busySeconds !== null;
  return {
    stage,
    state,
    busySeconds,
    elapsedSeconds: timed ? spanLength(intervalsOf(run, [...whole, ...units])) : null,
    cpuSeconds: sumOf(run, whole, ATTRIBUTE.cpuSeconds) ?? sumOf(run, units, ATTRIBUTE.cpuSeconds),
    realTimeFactor: worked ? ratio(busySeconds, audioSeconds) : null,
    throughput: worked && work.itemsOut > 0 ? ratio(work.itemsOut, busySeconds) : null,
    unit: work.unit,
    items: { in: work.itemsIn, out: work.itemsOut, dropped: work.dropped },
    coverage: ratio(work.itemsOut, work.itemsIn),
    audioSeconds,
    loads: work.loads,
    deviceAsked: work.deviceAsked,
    deviceUsed: work.deviceUsed,
    batchSize: work.batchSize,
  };
}

function ratio(of: number, to: number | null): number | null {
  return to !== null && to > 0 ? of / to : null;
}

/** Sum of a numeric attribute over the spans that have it, or null where none has. */
function sumOf(run: Run, spans: readonly SpanIndex[], key: string): number | null {
  let sum: number | null = null;
  for (const span of spans) {
    const value = attributeOf(run, span, key);
    if (typeof value === 'number') sum = (sum ?? 0) + value;
  }
  return sum;
}

/** What became of the stage: its last span decides. */
function stateOf(run: Run, whole: readonly SpanIndex[], units: readonly SpanIndex[]): StageState {
  const statusOf = (span: SpanIndex): number => run.spans.status[span] ?? SPAN_STATUS.unset;
  const last = whole.at(-1);
  if (last === undefined) {
    return units.some((unit) => statusOf(unit) === SPAN_STATUS.open) ? 'partial' : 'done';
  }
  if (statusOf(last) === SPAN_STATUS.error) return 'failed';
  const said = STAGE_STATES.find((state) => state === attributeOf(run, last, ATTRIBUTE.state));
  if (said !== undefined) return said;
  return statusOf(last) === SPAN_STATUS.open ? 'partial' : 'done';
}

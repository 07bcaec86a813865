import { COUNTER, EMBEDDING_CLASS, LEDGER, RESOURCE, STAGE } from '../model/attributeNames.ts';
import type { Run } from '../model/run.ts';
import { NS_PER_SECOND, type Seconds } from '../model/units.ts';
import { totalLoads } from '../model/workAccount.ts';
import { lengthOutside } from './intervals.ts';
import { type StageSpans, stageSpans } from './stageSpans.ts';
import { type StageRow, audioSecondsOf, intervalsOf, stageTable } from './stageTable.ts';

/** A figure that a run is to keep. */
export interface Target {
  /** Stable word: one of TARGET_NAMES. */
  readonly name: string;
  readonly title: string;
  readonly limit: number;
  readonly direction: 'at-most' | 'at-least';
  readonly unit: string;
}

/** What a run made of a target; null where the run cannot tell. */
export interface TargetResult extends Target {
  readonly actual: number | null;
  readonly met: boolean | null;
}

const SECONDS_PER_HOUR = 3600;

/** The story's video of 114.5 minutes, whose voices had to be embedded in 30 s. */
const VOICE_SECONDS_PER_AUDIO_HOUR = 30 / (114.5 / 60);

/**
 * The figures that Earshot holds itself to: the hardest that were ever asked of such a pipeline. A real-time factor of
 * 0.020 and 50 hours of audio an hour are the same figure said twice.
 */
export const DEFAULT_TARGETS: readonly Target[] = [
  {
    name: 'real-time-factor',
    title: 'Whole run, seconds per second of audio',
    limit: 0.02,
    direction: 'at-most',
    unit: 's/s',
  },
  {
    name: 'audio-hours-per-hour',
    title: 'Whole run, hours of audio per hour',
    limit: 50,
    direction: 'at-least',
    unit: 'h/h',
  },
  {
    name: 'text-embeddings-per-second',
    title: 'Text embeddings',
    limit: 200,
    direction: 'at-least',
    unit: 'texts/s',
  },
  {
    name: 'voice-coverage',
    title: 'Segments with an own or widened voice embedding',
    limit: 0.95,
    direction: 'at-least',
    unit: 'share',
  },
  {
    name: 'voice-embedding-seconds-per-audio-hour',
    title: 'Voice embeddings and speakers, seconds per hour of audio',
    limit: VOICE_SECONDS_PER_AUDIO_HOUR,
    direction: 'at-most',
    unit: 's/h',
  },
  {
    name: 'audio-loads',
    title: 'Loads of the same audio',
    limit: 1,
    direction: 'at-most',
    unit: 'loads',
  },
  {
    name: 'peak-memory',
    title: 'Peak memory of all processes',
    limit: 1.5e9,
    direction: 'at-most',
    unit: 'bytes',
  },
];

/** Stages that wait for the network: no part of the run's speed. */
const NETWORK_STAGES: ReadonlySet<string> = new Set([STAGE.download]);

/** `rows` are the run's stage table. */
type Measure = (run: Run, rows: readonly StageRow[]) => number | null;

const MEASURES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ['real-time-factor', wholeRunFactor],
  ['audio-hours-per-hour', (run, rows) => inverse(wholeRunFactor(run, rows))],
  ['text-embeddings-per-second', (_run, rows) => rowOf(rows, STAGE.embed)?.throughput ?? null],
  ['voice-coverage', voiceCoverage],
  ['voice-embedding-seconds-per-audio-hour', voiceSecondsPerAudioHour],
  ['audio-loads', audioLoads],
  ['peak-memory', peakMemory],
]);

/** Names that `evaluateTargets` can measure. */
export const TARGET_NAMES: readonly string[] = [...MEASURES.keys()];

/** Holds a run against targets. A target of an unknown name, or one that the run has no data for, is neither met nor missed. */
export function evaluateTargets(
  run: Run,
  targets: readonly Target[] = DEFAULT_TARGETS,
): TargetResult[] {
  const rows = stageTable(run);
  return targets.map((target) => {
    const actual = MEASURES.get(target.name)?.(run, rows) ?? null;
    const { limit, direction } = target;
    const met =
      actual === null ? null : direction === 'at-most' ? actual <= limit : actual >= limit;
    return { ...target, actual, met };
  });
}

function inverse(value: number | null): number | null {
  return value === null || value === 0 ? null : 1 / value;
}

function rowOf(rows: readonly StageRow[], stage: string): StageRow | undefined {
  return rows.find((row) => row.stage === stage);
}

/**
 * Seconds that the run took for each second of audio, without the time in which only the network was waited for. Null
 * while it runs, and for a run of which a part was cached, skipped or failed: its factor would say nothing of the speed.
 */
export function wholeRunFactor(
  run: Run,
  rows: readonly StageRow[] = stageTable(run),
): number | null {
  const audio = audioSecondsOf(run);
  const whole = rows.every(({ stage, state }) => NETWORK_STAGES.has(stage) || state === 'done');
  if (audio === null || run.status !== 'done' || run.weights !== null || !whole) return null;
  const seconds = workingSeconds(run);
  return seconds > 0 ? seconds / audio : null;
}

/** Length of the run without the time in which only stages of the network were at work. */
export function workingSeconds(run: Run): Seconds {
  const stages = stageSpans(run);
  const onNetwork = stages.filter(({ stage }) => NETWORK_STAGES.has(stage));
  const others = stages.filter(({ stage }) => !NETWORK_STAGES.has(stage));
  const intervals = (of: readonly StageSpans[]) =>
    of.flatMap(({ whole, units }) => intervalsOf(run, units.length > 0 ? units : whole));
  return elapsedSeconds(run) - lengthOutside(intervals(onNetwork), intervals(others));
}

/** From the beginning of the first span to the end of the last. */
export function elapsedSeconds(run: Run): Seconds {
  let from = Infinity;
  let to = 0;
  run.spans.startNs.forEach((start, span) => {
    from = Math.min(from, start);
    to = Math.max(to, start + (run.spans.durationNs[span] ?? 0));
  });
  return to > from ? (to - from) / NS_PER_SECOND : 0;
}

function voiceCoverage(run: Run): number | null {
  const ledger = run.ledgers.find(({ name }) => name === LEDGER.voiceEmbedding);
  if (ledger === undefined || ledger.total === 0) return null;
  const own: readonly string[] = [EMBEDDING_CLASS.own, EMBEDDING_CLASS.widened];
  const covered = ledger.buckets.filter(({ name }) => own.includes(name));
  return covered.reduce((sum, { amount }) => sum + amount, 0) / ledger.total;
}

/** Of the stage that embeds voices and the one that tells speakers apart by them; the latter may be missing. */
function voiceSecondsPerAudioHour(_run: Run, rows: readonly StageRow[]): number | null {
  const voice = rowOf(rows, STAGE.voice);
  const diarise = rowOf(rows, STAGE.diarise);
  const factor = voice?.realTimeFactor ?? null;
  if (factor === null || voice?.state !== 'done') return null;
  if (diarise === undefined) return factor * SECONDS_PER_HOUR;
  if (diarise.realTimeFactor === null || diarise.state !== 'done') return null;
  return (factor + diarise.realTimeFactor) * SECONDS_PER_HOUR;
}

function audioLoads(run: Run): number | null {
  const loads = [...totalLoads(run.work)].filter(([key]) => key.startsWith(RESOURCE.audio));
  return loads.length === 0 ? null : Math.max(...loads.map(([, count]) => count));
}

function peakMemory(run: Run): number | null {
  const counter = run.counters.find(({ name }) => name === COUNTER.treeMemory);
  if (counter === undefined || counter.values.length === 0) return null;
  return counter.values.reduce((peak, value) => Math.max(peak, value), 0);
}

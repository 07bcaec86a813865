import type { z } from 'zod';
import {
  ALL_INGESTS,
  type DashboardRun,
  type GetDashboard,
  type RunSummary,
} from '../../protocol/runMessages.ts';
import type { CancelSignal } from '../../protocol/rpcCancellation.ts';
import { ingestStageLimits } from '../../profiler/report/ingestStageLimits.ts';
import { ProfilerError } from '../../profiler/model/profilerError.ts';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { Library } from '../../store/library.ts';
import type { ProfileSummary } from '../../store/profiles.ts';
import { type ChangeVerdicts, type RunChange } from './changeVerdicts.ts';
import { confirmations } from './confirmations.ts';
import type { CurrentDemands } from './demands.ts';
import type { DigestCache } from './digestCache.ts';
import { figuresOf } from './figures.ts';
import type { HistoryEntry } from './historyEntry.ts';
import { levelChanges } from './levelChanges.ts';
import { othersTurn } from './othersTurn.ts';
import type { RunDigest } from './runDigest.ts';

export type Dashboard = z.input<typeof GetDashboard.result>;

/** What remembers over several dashboards. */
export interface DashboardMemory {
  readonly digests: DigestCache;
  readonly verdicts: ChangeVerdicts;
}

const SECONDS_PER_HOUR = 3600;
/** Encoded runs that are read for one history: some million spans. Older runs are only counted. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * The history of a series with its verdicts. Each run is read from the library once; between two of them others get
 * their turn. A run that cannot be read any more has no figures, instead of taking the others with it.
 *
 * @throws EarshotError `dashboard.cancelled` when the asker has gone
 */
export async function dashboardOf(
  library: Library,
  memory: DashboardMemory,
  demands: CurrentDemands,
  asked: { readonly series: string | null; readonly limit: number },
  signal: CancelSignal,
): Promise<Dashboard> {
  const known = library.profiles.series();
  const series = allSeries(known);
  const exists = series.some(({ name }) => name === asked.series);
  const selected = exists ? asked.series : (known[0]?.name ?? null);
  const all = selected === null ? [] : summariesOf(library, selected);
  const summaries = bounded(all.slice(-asked.limit));
  const digests = await digestsOf(library, memory, summaries, signal);
  const accepted = acceptedIn(library, summaries);
  const entries = summaries.flatMap((summary): HistoryEntry[] => {
    const digest = digests.get(summary.id);
    return digest === undefined ? [] : [{ summary, digest, accepted: accepted.has(summary.id) }];
  });
  const changes = await memory.verdicts.of(entries, signal);
  for (const [id, change] of confirmations(library)) changes.set(id, change);
  const perHour = selected === ALL_INGESTS;
  return {
    series,
    selected,
    unit: perHour ? 's/h' : 's',
    nested: entries.some(({ digest }) => digest.nested),
    runs: summaries.map((summary) => {
      const line = { ...summaryOf(summary), accepted: accepted.has(summary.id) };
      const digest = digests.get(summary.id);
      if (digest === undefined) return { ...line, ...NOT_MEASURED };
      return { ...line, ...pointOf(digest, demands, perHour, changes.get(summary.id)) };
    }),
    older: all.length - summaries.length,
    changes: levelChanges(entries),
  };
}

/** A run as lists show it. */
export function summaryOf(summary: ProfileSummary): Omit<RunSummary, 'accepted'> {
  const { id, name, kind, series, status, startedAt, bytes, videoId } = summary;
  return { id, name, kind, series, status, startedAt, bytes, videoId };
}

/** Those of the library, and that of all videos' ingests where there are several. */
function allSeries(known: ReturnType<Library['profiles']['series']>): Dashboard['series'] {
  const ingests = known.filter(({ kind }) => kind === 'ingest');
  if (ingests.length < 2) return known;
  const runs = ingests.reduce((sum, each) => sum + each.runs, 0);
  return [{ name: ALL_INGESTS, kind: 'ingest', runs }, ...known];
}

/** Runs that have ended, the oldest first. */
function summariesOf({ profiles }: Library, series: string): ProfileSummary[] {
  const listed = series === ALL_INGESTS ? profiles.list() : profiles.list({ series });
  return listed
    .filter(({ kind, status }) => kind !== 'nothing-to-do' && status !== 'running')
    .filter(({ kind }) => series !== ALL_INGESTS || kind === 'ingest')
    .reverse();
}

/** The newest of some runs that can be read in a reasonable time, the two newest at least. */
function bounded(summaries: readonly ProfileSummary[]): ProfileSummary[] {
  let bytes = 0;
  const first = summaries.findLastIndex((summary, i) => {
    bytes += summary.bytes;
    return bytes > MOST_BYTES && i < summaries.length - 2;
  });
  return summaries.slice(first + 1);
}

async function digestsOf(
  library: Library,
  { digests }: DashboardMemory,
  summaries: readonly ProfileSummary[],
  signal: CancelSignal,
): Promise<Map<string, RunDigest>> {
  const found = new Map<string, RunDigest>();
  for (const summary of summaries) {
    if (summary.status !== 'done') continue;
    if (!digests.has(summary)) await othersTurn(signal);
    try {
      found.set(summary.id, await digests.get(library, summary));
    } catch (error) {
      if (!(error instanceof ProfilerError || error instanceof EarshotError)) throw error;
    }
  }
  return found;
}

function acceptedIn({ baselines }: Library, summaries: readonly ProfileSummary[]): Set<string> {
  const series = new Set(summaries.map((each) => each.series));
  return new Set([...series].flatMap((name) => baselines.of(name).map(({ runId }) => runId)));
}

const NOT_MEASURED = {
  seconds: null,
  audioSeconds: null,
  reused: [],
  stages: [],
  figures: [],
  verdict: null,
};

type Point = Omit<DashboardRun, keyof RunSummary>;

function pointOf(
  digest: RunDigest,
  demands: CurrentDemands,
  perHour: boolean,
  change: RunChange | undefined,
): Point {
  const { amounts, audioSeconds, reused } = digest;
  const ofTargets = amounts === null ? null : ingestStageLimits(amounts, demands.targets);
  const known = !perHour || audioSeconds !== null;
  const factor = perHour ? SECONDS_PER_HOUR / (audioSeconds ?? 1) : 1;
  const scaled = (seconds: number | null): number | null =>
    seconds === null || !known ? null : seconds * factor;
  return {
    seconds: scaled(digest.seconds),
    audioSeconds,
    reused: [...reused],
    stages: digest.stages.flatMap(({ stage, seconds, expectedSeconds }) => {
      const value = scaled(seconds);
      if (value === null) return [];
      const limit = demands.stageLimits.get(stage) ?? ofTargets?.get(stage);
      const expected = limit ?? expectedSeconds;
      const verdict = change?.byStage.get(stage) ?? null;
      return [{ stage, seconds: value, expectedSeconds: scaled(expected), verdict }];
    }),
    figures: figuresOf(digest, demands.targets),
    verdict: change?.overall ?? null,
  };
}

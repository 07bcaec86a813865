import { addOtlpBody } from '../profiler/importers/otlp/addOtlpBody.ts';
import { otlpContentType } from '../profiler/importers/otlp/otlpContentType.ts';
import { OtlpRunState } from '../profiler/importers/otlp/otlpRunState.ts';
import { OTLP_SIGNALS } from '../profiler/importers/otlp/otlpRecords.ts';
import { type Run, spanCount } from '../profiler/model/run.ts';
import { type RunEnd, RunBuilder } from '../profiler/model/runBuilder.ts';
import type { Library } from '../store/library.ts';
import type { ProfileSummary } from '../store/profiles.ts';

const NS_PER_MILLISECOND = 1_000_000n;

/** Under what a listener claims its run, beside the videos that are claimed. */
export function liveClaim(runId: string): string {
  return `run:${runId}`;
}

/**
 * Whether a run is being received, was when its listener was killed, or neither. It is asked who receives it before it is
 * asked whether it is done: a listener stores its run first, and says that it is gone then.
 */
export function liveState(
  library: Library,
  { id, kind, status }: Pick<ProfileSummary, 'id' | 'kind' | 'status'>,
): 'running' | 'interrupted' | null {
  if (status !== 'running' || kind !== 'trace') return null;
  const received = library.claims.live().has(liveClaim(id));
  if (library.profiles.exact(id)?.status !== 'running') return null;
  return received ? 'running' : 'interrupted';
}

/** A summary as it is to be shown: what is there already of one that is received, and whether anybody receives it. */
export function shownSummary(library: Library, summary: ProfileSummary): ProfileSummary {
  const state = liveState(library, summary);
  const { profiles, livePieces } = library;
  if (state !== null)
    return { ...summary, status: state, bytes: livePieces.size(summary.id).bytes };
  // Its end may have come after it was listed.
  return summary.status === 'running' ? (profiles.exact(summary.id) ?? summary) : summary;
}

/**
 * The run that is being received, as far as it has arrived. One whose listener is gone is stored for good first, as
 * cancelled. Null for a run that is neither, or no longer.
 */
export async function liveRun(library: Library, summary: ProfileSummary): Promise<Run | null> {
  const { id } = summary;
  const state = liveState(library, summary);
  if (state === null) return null;
  if (state === 'running' || library.claims.take(liveClaim(id)) !== null) {
    const run = await buildLiveRun(library, summary, { status: 'running' });
    // Its end may have come while it was read, and have taken the pieces away.
    return library.profiles.exact(id)?.status === 'running' ? run : null;
  }
  try {
    return await consolidateLiveRun(library, summary, {
      status: 'cancelled',
      error: 'The listener was ended before the run was.',
    });
  } finally {
    library.claims.release(liveClaim(id));
  }
}

/**
 * Makes a stored run of the pieces of a run, which are then removed. To be called by who claims the run. Null, and nothing
 * is stored, where the run is gone or was stored already.
 */
export async function consolidateLiveRun(
  library: Library,
  summary: ProfileSummary,
  end: RunEnd,
): Promise<Run | null> {
  const { id, series } = summary;
  if (library.profiles.exact(id)?.status !== 'running') return null;
  const run = await buildLiveRun(library, summary, end);
  const prepared = library.profiles.prepare(run, series);
  try {
    return library.livePieces.consolidate(id, prepared.store) ? run : null;
  } finally {
    prepared.tidy();
  }
}

/** Stores the runs for good whose listeners are gone, and removes pieces of none. Gives the ids of these runs. */
export async function recoverLiveRuns(library: Library): Promise<string[]> {
  library.livePieces.removeStrays();
  const recovered: string[] = [];
  for (const summary of library.profiles.list({ running: true }).reverse()) {
    if (liveState(library, summary) !== 'interrupted') continue;
    const run = await liveRun(library, summary);
    if (run?.status === 'cancelled') recovered.push(summary.id);
  }
  return recovered;
}

async function buildLiveRun(
  library: Library,
  { id, name, startedAt }: ProfileSummary,
  end: RunEnd,
): Promise<Run> {
  const startMs = new Date(startedAt).getTime();
  const builder = new RunBuilder({
    id,
    name,
    kind: 'trace',
    epochNs: BigInt(startMs) * NS_PER_MILLISECOND,
    provenance: { client: '', version: '', format: 'otlp-protobuf' },
  });
  const formats = new Set<string>();
  let lastMs = startMs;
  for (const { ordinal, signal, contentType, receivedAt, body } of library.livePieces.of(id)) {
    const known = OTLP_SIGNALS.find((each) => each === signal);
    const type = otlpContentType(contentType);
    if (known === undefined || type === null) continue;
    formats.add(type === 'application/json' ? 'otlp-json' : 'otlp-protobuf');
    lastMs = Math.max(lastMs, receivedAt);
    await addOtlpBody({ builder, name: `request ${ordinal + 1}` }, known, type, body);
  }
  const run = builder.finish({ ...end, openEndNs: (lastMs - startMs) * 1e6 });
  const { client = '', clientVersion = '' } = OtlpRunState.of(builder).client ?? {};
  const [first = 'otlp-protobuf'] = formats;
  const format = formats.size > 1 ? 'mixed' : first;
  return { ...run, provenance: { ...run.provenance, client, version: clientVersion, format } };
}

/** Whether a run holds nothing at all, not even rows that could not be read. */
export function isEmptyRun(run: Run): boolean {
  if (run.provenance.rejectedCount > 0) return false;
  return spanCount(run) === 0 && run.instants.timeNs.length === 0 && run.counters.length === 0;
}

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

/** Whether a run is being received, was when its listener was killed, or neither. */
export function liveState(
  library: Library,
  { id, kind, status }: Pick<ProfileSummary, 'id' | 'kind' | 'status'>,
): 'running' | 'interrupted' | null {
  if (status !== 'running' || kind !== 'trace') return null;
  return library.claims.live().has(liveClaim(id)) ? 'running' : 'interrupted';
}

/**
 * The run that is being received, as far as it has arrived. One whose listener is gone is stored for good first, as
 * cancelled. Null for a run that is neither.
 */
export async function liveRun(library: Library, summary: ProfileSummary): Promise<Run | null> {
  const state = liveState(library, summary);
  if (state === null) return null;
  if (state === 'running') return buildLiveRun(library, summary, { status: 'running' });
  return consolidateLiveRun(library, summary, {
    status: 'cancelled',
    error: 'The listener was ended before the run was.',
  });
}

/** Makes a stored run of the pieces of a run, which are then removed. */
export async function consolidateLiveRun(
  library: Library,
  summary: ProfileSummary,
  end: RunEnd,
): Promise<Run> {
  const run = await buildLiveRun(library, summary, end);
  library.livePieces.consolidate(summary.id, () => library.profiles.put(run, summary.series));
  return run;
}

/** Stores the runs for good whose listeners are gone. Gives their ids. */
export async function recoverLiveRuns(library: Library): Promise<string[]> {
  const recovered: string[] = [];
  for (const id of library.livePieces.running()) {
    const summary = library.profiles.find(id);
    if (liveState(library, summary) !== 'interrupted') continue;
    await liveRun(library, summary);
    recovered.push(id);
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

/** Whether a run holds nothing at all. */
export function isEmptyRun(run: Run): boolean {
  return spanCount(run) === 0 && run.instants.timeNs.length === 0 && run.counters.length === 0;
}

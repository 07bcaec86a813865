import type { Run } from '../../../../src/profiler/model/run.ts';
import type { HistoryEntry } from '../../../../src/worker/dashboard/historyEntry.ts';
import { digestOf } from '../../../../src/worker/dashboard/runDigest.ts';
import { type IngestPlan, ingestRun } from '../../../helpers/dashboardRuns.ts';

const DAY_MS = 86_400_000;

/** Runs in the history of one series, a day apart. */
export function historyOf(
  plans: readonly (Omit<IngestPlan, 'id'> & { readonly accepted?: boolean })[],
): HistoryEntry[] {
  return plans.map(({ accepted = false, ...plan }, i) =>
    entryOf(ingestRun({ startMs: (20_000 + i) * DAY_MS, ...plan, id: `run-${i}` }), accepted),
  );
}

export function entryOf(run: Run, accepted = false): HistoryEntry {
  const { id, kind, name, status } = run;
  const summary = { id, kind, name, status, series: name, startedAt: '', bytes: 1, videoId: 'v' };
  return { summary, digest: digestOf(run), accepted };
}

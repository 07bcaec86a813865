import { EarshotError } from '../pipeline/earshotError.ts';
import type { Library } from '../store/library.ts';
import type { ProfileSummary } from '../store/profiles.ts';

/** What became of an acceptance. */
export interface Acceptance {
  /** Runs that are accepted now, or are not any longer. */
  readonly changed: readonly ProfileSummary[];
  /** Runs that were to be taken back and had not been accepted. */
  readonly unchanged: readonly ProfileSummary[];
  /** How many runs each series has now that are accepted. */
  readonly series: readonly { readonly series: string; readonly accepted: number }[];
}

/**
 * Makes runs the baseline of their series, or takes that back. A wrong id changes nothing of the others.
 *
 * @throws EarshotError `run.not-found`, `run.ambiguous`; `accept.not-done`
 */
export function acceptRuns(
  { database, profiles, baselines }: Library,
  ids: readonly string[],
  { note, withdraw }: { readonly note: string | null; readonly withdraw: boolean },
): Acceptance {
  const runs = ids.map((id) => profiles.find(id));
  const unfinished = runs.find(({ status }) => status !== 'done');
  if (unfinished !== undefined && !withdraw) {
    throw new EarshotError(
      'accept.not-done',
      `Run ${unfinished.id} is ${unfinished.status}.`,
      'Accept runs that came to their end.',
    );
  }
  const acceptedAt = new Date().toISOString();
  const changed: ProfileSummary[] = [];
  const unchanged: ProfileSummary[] = [];
  const judge = database.transaction(() => {
    for (const run of runs) {
      const { series, id: runId } = run;
      if (!withdraw) baselines.accept({ series, runId, acceptedAt, note });
      (withdraw && !baselines.withdraw(series, runId) ? unchanged : changed).push(run);
    }
  });
  judge.immediate();
  const series = [...new Set(runs.map((run) => run.series))];
  return {
    changed,
    unchanged,
    series: series.map((name) => ({ series: name, accepted: baselines.of(name).length })),
  };
}

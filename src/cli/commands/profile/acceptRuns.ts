import { EarshotError } from '../../../pipeline/earshotError.ts';
import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import type { ProfileSummary } from '../../../store/profiles.ts';
import { countText } from '../../countText.ts';
import type { Session } from '../../session.ts';

export interface AcceptFlags {
  readonly note?: string;
  readonly withdraw?: boolean;
}

/** `profile accept RUN…`: makes runs the baseline of their series, or takes that back. */
export async function acceptRuns(
  session: Session,
  given: readonly string[],
  { note, withdraw = false }: AcceptFlags,
): Promise<number> {
  const { output } = session;
  const { profiles, baselines } = await session.library();
  // All are found before the first is accepted, so that a wrong id changes nothing.
  const runs = given.map((id) => profiles.find(id));
  const failed = runs.find(({ status }) => status !== 'done');
  if (failed !== undefined && !withdraw) {
    throw new EarshotError(
      'accept.not-done',
      `Run ${failed.id} is ${failed.status}.`,
      'Accept runs that came to their end.',
    );
  }
  const acceptedAt = new Date().toISOString();
  const changed: ProfileSummary[] = [];
  for (const run of runs) {
    const { series, id: runId } = run;
    if (!withdraw) baselines.accept({ series, runId, acceptedAt, note: note ?? null });
    else if (!baselines.withdraw(series, runId)) {
      output.warning(`Run ${runId} was not accepted.`);
      continue;
    }
    changed.push(run);
  }
  const series = [...new Set(runs.map((run) => run.series))];
  const counts = series.map((name) => ({ series: name, accepted: baselines.of(name).length }));
  output.record({
    type: 'result',
    command: 'accept',
    withdrawn: withdraw,
    runs: changed.map(({ id }) => id),
    series: counts,
  });
  for (const { series: name, accepted } of counts) {
    output.info(`${singleLine(name)}: ${countText(accepted, 'accepted run')}.`);
  }
  return 0;
}

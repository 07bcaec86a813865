import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { acceptRuns as accept } from '../../../runs/acceptRuns.ts';
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
  const { changed, unchanged, series } = accept(await session.library(), given, {
    note: note ?? null,
    withdraw,
  });
  for (const { id } of unchanged) output.warning(`Run ${id} was not accepted.`);
  output.record({
    type: 'result',
    command: 'accept',
    withdrawn: withdraw,
    runs: changed.map(({ id }) => id),
    series,
  });
  for (const { series: name, accepted } of series) {
    output.info(`${singleLine(name)}: ${countText(accepted, 'accepted run')}.`);
  }
  return 0;
}

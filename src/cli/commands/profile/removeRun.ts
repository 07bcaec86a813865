import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { EXIT } from '../../exitCodes.ts';
import type { Session } from '../../session.ts';

/** `profile remove RUN`: on a terminal it asks first; a script means what it says. */
export async function removeRun(
  session: Session,
  id: string,
  flags: { readonly yes?: boolean },
): Promise<number> {
  const { io, output, cancellation } = session;
  const { profiles } = await session.library();
  const run = profiles.find(id);
  const what = `“${singleLine(run.name)}” (${run.id})`;
  if (flags.yes !== true && session.interactive) {
    if (!(await io.ask(`Remove the run ${what}?`, cancellation.signal))) {
      output.info('Nothing was removed.');
      output.record({ type: 'cancelled', id: run.id });
      return EXIT.cancelled;
    }
  }
  const removed = profiles.remove(run.id);
  output.record({ type: 'result', command: 'profile remove', run: removed });
  output.info(`Removed ${what}.`);
  return EXIT.ok;
}

import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { removableRun, removeRun as remove } from '../../../runs/removeRun.ts';
import { EXIT } from '../../exitCodes.ts';
import type { Session } from '../../session.ts';

/**
 * `profile remove RUN`: on a terminal it asks first; a script means what it says.
 *
 * @throws EarshotError `run.*`
 */
export async function removeRun(
  session: Session,
  id: string,
  flags: { readonly yes?: boolean },
): Promise<number> {
  const { io, output, cancellation } = session;
  const library = await session.library();
  const run = removableRun(library, id);
  const what = `“${singleLine(run.name)}” (${run.id})`;
  if (flags.yes !== true && session.interactive) {
    if (!(await io.ask(`Remove the run ${what}?`, cancellation.signal))) {
      output.info('Nothing was removed.');
      output.record({ type: 'cancelled', id: run.id });
      return EXIT.cancelled;
    }
  }
  const removed = remove(library, run);
  output.record({ type: 'result', command: 'profile remove', run: removed });
  output.info(`Removed ${what}.`);
  return EXIT.ok;
}

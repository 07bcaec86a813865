import { EarshotError } from '../../../pipeline/earshotError.ts';
import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import type { Library } from '../../../store/library.ts';
import type { ProfileSummary } from '../../../store/profiles.ts';
import { EXIT } from '../../exitCodes.ts';
import { liveClaim, liveState } from '../../../runs/liveRun.ts';
import type { Session } from '../../session.ts';

/**
 * `profile remove RUN`: on a terminal it asks first; a script means what it says.
 *
 * @throws EarshotError `run.*`; `run.being-received`: what comes later would have no run
 */
export async function removeRun(
  session: Session,
  id: string,
  flags: { readonly yes?: boolean },
): Promise<number> {
  const { io, output, cancellation } = session;
  const library = await session.library();
  const run = library.profiles.find(id);
  if (liveState(library, run) === 'running') throw beingReceived(run.id);
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

function remove({ claims, profiles }: Library, { id, status }: ProfileSummary): ProfileSummary {
  if (status !== 'running') return profiles.remove(id);
  // Whoever recovers it at this moment would find it gone under its hands.
  if (claims.take(liveClaim(id)) !== null) throw beingReceived(id);
  try {
    return profiles.remove(id);
  } finally {
    claims.release(liveClaim(id));
  }
}

function beingReceived(id: string): EarshotError {
  return new EarshotError(
    'run.being-received',
    `Run ${id} is being received.`,
    'End its listener first (Ctrl-C where earshot profile listen runs), then remove it.',
  );
}

import { EarshotError } from '../pipeline/earshotError.ts';
import type { Library } from '../store/library.ts';
import type { ProfileSummary } from '../store/profiles.ts';
import { liveClaim, liveState } from './liveRun.ts';

/**
 * The run of an id, where it can be removed.
 *
 * @throws EarshotError `run.not-found`, `run.ambiguous`; `run.being-received`: what comes later would have no run
 */
export function removableRun(library: Library, id: string): ProfileSummary {
  const run = library.profiles.find(id);
  if (liveState(library, run) === 'running') throw beingReceived(run.id);
  return run;
}

/** Removes a run, with the pieces of one that was being received. @throws EarshotError as `removableRun` */
export function removeRun(
  { claims, profiles }: Library,
  { id, status }: Pick<ProfileSummary, 'id' | 'status'>,
): ProfileSummary {
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

import type { Run } from '../profiler/model/run.ts';
import { liveRun } from './liveRun.ts';
import type { Session } from './session.ts';

/**
 * A run of the library by its id, the beginning of its id, or `last`: also one that is being received, as far as it has
 * arrived.
 *
 * @throws EarshotError `run.not-found`, `run.ambiguous`
 */
export async function storedRun(session: Session, id: string): Promise<Run> {
  const library = await session.library();
  const summary = library.profiles.find(id);
  return (await liveRun(library, summary)) ?? library.profiles.load(summary.id);
}

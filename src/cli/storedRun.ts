import type { Run } from '../profiler/model/run.ts';
import type { Session } from './session.ts';

/**
 * A run of the library by its id, the beginning of its id, or `last`.
 *
 * @throws EarshotError `run.not-found`, `run.ambiguous`
 */
export async function storedRun(session: Session, id: string): Promise<Run> {
  const library = await session.library();
  return library.profiles.load(id);
}

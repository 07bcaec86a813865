import type { Run } from '../profiler/model/run.ts';
import type { Library } from '../store/library.ts';
import { liveRun } from './liveRun.ts';

/**
 * A run of the library by its id, the beginning of its id, or `last`: also one that is being received, as far as it has
 * arrived.
 *
 * @throws EarshotError `run.not-found`, `run.ambiguous`
 */
export async function storedRun(library: Library, id: string): Promise<Run> {
  const summary = library.profiles.find(id);
  return (await liveRun(library, summary)) ?? library.profiles.load(summary.id);
}

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Run } from '../profiler/model/run.ts';
import type { Session } from './session.ts';
import { storedRun } from './storedRun.ts';

/**
 * The run that a person names: a file, read without being kept, or a run of the library by its id. A file goes first:
 * `./last` is one in any case.
 *
 * @throws EarshotError `run.not-found`, `run.ambiguous`; ProfilerError `import.*` for a file that cannot be read
 */
export async function referencedRun(session: Session, reference: string): Promise<Run> {
  const path = resolve(session.io.cwd, reference);
  const found = await stat(path).catch(() => null);
  if (reference === '' || found?.isFile() !== true) return storedRun(session, reference);
  const { importRun } = await import('../profiler/importers/importRun.ts');
  return importRun([path], { signal: session.cancellation.signal });
}

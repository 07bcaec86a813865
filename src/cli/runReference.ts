import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ProfilerError } from '../profiler/model/profilerError.ts';
import type { Run } from '../profiler/model/run.ts';
import type { Session } from './session.ts';
import { storedRun } from '../runs/storedRun.ts';

/** What a person writes who means a file: ids of runs have neither a folder nor an extension. */
const LOOKS_LIKE_A_FILE = /[/\\]|\.\w{1,12}$/u;

/**
 * The run that a person names: a file, read without being kept, or a run of the library by its id. A file goes first:
 * `./last` is one in any case.
 *
 * @throws EarshotError `run.not-found`, `run.ambiguous`; ProfilerError `import.*` for a file that is not there or cannot be
 * read
 */
export async function referencedRun(session: Session, reference: string): Promise<Run> {
  const path = resolve(session.io.cwd, reference);
  const found = await stat(path).catch(() => null);
  if (reference === '' || found?.isFile() !== true) {
    if (LOOKS_LIKE_A_FILE.test(reference)) {
      const what =
        found === null ? `There is no file ${reference}.` : `${reference} is not a file.`;
      throw new ProfilerError('import.not-found', what);
    }
    return storedRun(await session.library(), reference);
  }
  const { importRun } = await import('../profiler/importers/importRun.ts');
  return importRun([path], { signal: session.cancellation.signal });
}

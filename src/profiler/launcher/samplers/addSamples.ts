import { basename } from 'node:path';
import { openSource } from '../../importers/openSource.ts';
import { ProfilerError } from '../../model/profilerError.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SampledFile } from './sampler.ts';

/**
 * Reads what a sampler wrote onto tracks of a run, on its clock. Gives one sentence where it could not.
 *
 * @param toRunNs a time of the monotonic clock as nanoseconds of the run.
 * @param startNs when the program began, for files without a time.
 */
export async function addSamples(
  builder: RunBuilder,
  file: SampledFile,
  toRunNs: (clockNs: bigint) => number,
  startNs: number,
): Promise<string | null> {
  const name = basename(file.path);
  const reject = (offset: number | null, reason: string): void => {
    builder.reject({ file: name, offset, reason });
  };
  try {
    const signal = new AbortController().signal;
    const source = await openSource(file.path, { signal, onDamage: reject });
    await file.importer.read(source, {
      options: {},
      signal,
      begin: (head) => {
        if (head.weightUnit !== undefined) {
          throw new ProfilerError('import.no-clock', 'its samples have no times');
        }
        const offsetNs = file.zeroNs === null ? startNs : toRunNs(file.zeroNs);
        return {
          builder,
          offsetNs,
          track: (track, kind) => builder.track(`samples: ${track}`, kind),
          reject,
        };
      },
    });
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `What the sampler wrote could not be read: ${why}.`;
  }
}

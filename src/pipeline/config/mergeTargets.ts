import type { TargetInfo } from '../../protocol/library.ts';
import { EarshotError } from '../earshotError.ts';
import type { LoadedConfig } from './loadConfig.ts';
import { suggestion } from './parseConfig.ts';

/** A target as Earshot itself sets it. */
export type DefaultTarget = Omit<TargetInfo, 'origin'>;

/**
 * The targets in force, in the order of the defaults.
 *
 * The project's file wins over the person's settings, so that editor and continuous integration give one verdict.
 *
 * @throws EarshotError `config.invalid` for a setting that names no target or is not a limit.
 */
export function mergeTargets(
  defaults: readonly DefaultTarget[],
  configFile: LoadedConfig | null,
  settings: Readonly<Record<string, number>> = {},
): TargetInfo[] {
  const names = defaults.map(({ name }) => name);
  for (const [name, limit] of Object.entries(settings)) {
    if (!names.includes(name)) {
      throw invalid(`The setting earshot.targets names "${name}".`, suggestion(name, names));
    }
    if (!Number.isFinite(limit) || limit < 0) {
      const action = 'Set it to a number of at least 0.';
      throw invalid(`The setting earshot.targets has no limit for "${name}".`, action);
    }
  }
  const fromFile = configFile?.config.targets ?? {};
  return defaults.map((target) => {
    const inFile = Object.hasOwn(fromFile, target.name) ? fromFile[target.name] : undefined;
    if (configFile !== null && inFile !== undefined) {
      const limit = typeof inFile === 'number' ? inFile : inFile.limit;
      return { ...target, limit, origin: configFile.file };
    }
    const set = Object.hasOwn(settings, target.name) ? settings[target.name] : undefined;
    return set === undefined
      ? { ...target, origin: 'default' }
      : { ...target, limit: set, origin: 'settings' };
  });
}

function invalid(problem: string, action: string): EarshotError {
  return new EarshotError('config.invalid', problem, action);
}

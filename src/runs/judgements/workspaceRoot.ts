import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONFIG_FILE_NAME } from '../../pipeline/config/loadConfig.ts';

/**
 * The folder whose sources are meant by who stands in a folder: the nearest one with `earshot.config.json`, else the root
 * of the repository, else the folder itself.
 */
export function workspaceRoot(folder: string): string {
  const start = realFolder(folder);
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, CONFIG_FILE_NAME)) || existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return start;
  }
}

/** A folder by its one true name, so that links to it make no difference; as it is given where it is not there. */
export function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { LIBRARY_FILE_NAME, libraryFolder } from '../../protocol/libraryFolder.ts';
import { workerOptions } from '../platform/settings.ts';

/** Whether there is a library that could know anything; a worker is started for none that is not there. */
export function libraryExists(): boolean {
  const folder =
    workerOptions().home ??
    resolve(join(...libraryFolder(process.env, process.platform, homedir())));
  return existsSync(join(folder, LIBRARY_FILE_NAME));
}

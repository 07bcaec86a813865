import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { libraryFolder } from '../../protocol/libraryFolder.ts';
import { workerOptions } from './settings.ts';

/** The folder of the library that a worker would open; it need not be there. */
export function libraryHome(): string {
  const { home } = workerOptions();
  return home ?? resolve(join(...libraryFolder(process.env, process.platform, homedir())));
}

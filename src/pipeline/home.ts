import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { LIBRARY_FILE_NAME, libraryFolder } from '../protocol/libraryFolder.ts';

/**
 * The folder of the library where nothing else is set: `EARSHOT_HOME`, else the platform's place for an application's
 * data.
 */
export function defaultHome(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const folder = join(...libraryFolder(env, platform, homedir()));
  // Absolute: the library keeps paths, which are read from other working folders later.
  return env['EARSHOT_HOME'] ? resolve(folder) : folder;
}

/** Where things are in a library's folder. */
export function homeLayout(home: string) {
  return {
    library: join(home, LIBRARY_FILE_NAME),
    downloads: join(home, 'downloads'),
    pcm: (videoId: string) => join(home, 'pcm', `${videoId}.pcm`),
  };
}

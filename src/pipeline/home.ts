import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder of the library where nothing else is set: `EARSHOT_HOME`, else the platform's place for an application's
 * data.
 */
export function defaultHome(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const set = env['EARSHOT_HOME'];
  // Absolute: the library keeps paths, which are read from other working folders later.
  if (set) return resolve(set);
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Earshot');
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Earshot');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'earshot');
}

/** Where things are in a library's folder. */
export function homeLayout(home: string) {
  return {
    library: join(home, 'library.sqlite'),
    downloads: join(home, 'downloads'),
    pcm: (videoId: string) => join(home, 'pcm', `${videoId}.pcm`),
  };
}

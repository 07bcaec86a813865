/** The library in its folder. */
export const LIBRARY_FILE_NAME = 'library.sqlite';

/**
 * Parts of the path of the library's folder where nothing else is set, to be joined: `EARSHOT_HOME`, else the platform's
 * place for an application's data.
 *
 * @param home the person's home folder
 */
export function libraryFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string[] {
  const set = env['EARSHOT_HOME'];
  if (set) return [set];
  if (platform === 'win32') {
    const data = env['LOCALAPPDATA'];
    return data === undefined ? [home, 'AppData', 'Local', 'Earshot'] : [data, 'Earshot'];
  }
  if (platform === 'darwin') return [home, 'Library', 'Application Support', 'Earshot'];
  const data = env['XDG_DATA_HOME'];
  return data === undefined ? [home, '.local', 'share', 'earshot'] : [data, 'earshot'];
}

/**
 * Folder beside the library with a small file for each workspace that was judged, whose text is the path of its folder:
 * what an editor can look at without opening the library.
 */
export const JUDGED_FOLDER_NAME = 'judged';

/** Names of these files; others are on their way there. */
export const JUDGED_FILE_NAME = /^[0-9a-f]{32}$/u;

import { basename } from 'node:path';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** Folders as a trace names them, and where they are in the workspace. */
export type PathMaps = Readonly<Record<string, string>>;

/**
 * The file of the workspace that a trace means by a path: by the path maps, as it stands, or by the longest common end.
 * Null where there is none, or where several fit equally well.
 *
 * @param path absolute, relative, or a URL such as `file:///app/job.py`, with `/` or `\`.
 */
export async function resolvePath(
  files: WorkspaceFiles,
  path: string,
  maps: PathMaps = {},
): Promise<string | null> {
  const plain = plainPath(path);
  for (const candidate of [mapped(plain, maps), plain]) {
    if (candidate === null) continue;
    const within = files.inside(candidate);
    if (within !== null && (await files.text(within)) !== null) return within;
  }
  const parts = plain.split('/').filter((part) => part !== '' && part !== '.');
  const candidates = await files.named(basename(plain));
  let best: string | null = null;
  let bestLength = 0;
  let ties = 0;
  for (const candidate of candidates) {
    const length = commonEnd(parts, candidate.split('/'));
    if (length > bestLength) [best, bestLength, ties] = [candidate, length, 1];
    else if (length === bestLength) ties += 1;
  }
  return ties === 1 ? best : null;
}

function plainPath(path: string): string {
  const withoutScheme = path.replace(/^(?:file|webpack|webpack-internal):\/{2,3}/u, '/');
  return withoutScheme.replaceAll('\\', '/');
}

/** The longest mapped folder that begins the path wins. */
function mapped(path: string, maps: PathMaps): string | null {
  const fitting = Object.keys(maps)
    .map((from) => from.replaceAll('\\', '/').replace(/\/$/u, ''))
    .filter((from) => path === from || path.startsWith(`${from}/`))
    .sort((a, b) => b.length - a.length);
  const [from] = fitting;
  if (from === undefined) return null;
  const to = maps[from] ?? maps[`${from}/`] ?? '';
  const rest = path.slice(from.length).replace(/^\//u, '');
  return to === '' || to === '.' ? rest : `${to.replace(/\/$/u, '')}/${rest}`;
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) {
    length += 1;
  }
  return length;
}

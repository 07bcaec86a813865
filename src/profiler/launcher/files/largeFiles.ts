import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** A file that is large enough to be worth watching. */
export interface LargeFile {
  readonly path: string;
  readonly bytes: number;
  /** Device and inode: the file, whatever its names. */
  readonly identity: string;
}

/** A folder, and how many levels of folders below it belong to it. */
export interface Scope {
  readonly folder: string;
  readonly levels: number;
}

/** Folders whose files no program loads as its data. */
const SKIPPED = new Set(['.git', 'node_modules', '__pycache__', '.cache', 'proc', 'sys', 'dev']);
const WALK_MS = 80;
const MAX_FOLDERS = 1000;
const MAX_ENTRIES = 5000;
/** Of a text that is searched for paths, and of what is taken from it. */
const MAX_TEXT_BYTES = 2 ** 20;
const MAX_PATHS = 100;
const MAX_PATH = 4096;
const MAX_WORDS = 200;

/**
 * The file of a path, where it is a regular file of at least that size and no program code.
 *
 * @param isKnown whether a file is known to be none: to look at its first bytes would count as an opening.
 */
export function largeFile(
  path: string,
  minBytes: number,
  isKnown: (identity: string) => boolean = () => false,
): LargeFile | null {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size < minBytes) return null;
    const identity = `${found.dev}:${found.ino}`;
    if (!isKnown(identity) && isMachineCode(path)) return null;
    return { path, bytes: found.size, identity };
  } catch {
    return null;
  }
}

/**
 * Where the files of a program are likely to be: the folders of the files that its arguments name and that these name,
 * as a script or a configuration does, the folder it runs in, and that for temporary files.
 */
export function scopesOf(
  command: readonly string[],
  cwd: string,
  temporaryFolder: string,
): readonly Scope[] {
  const scopes: Scope[] = [];
  // `sh -c 'python3 job.py data.bin'` holds a command in one argument.
  const words = command.slice(1).flatMap((argument) => argument.split(/\s+/u, MAX_WORDS));
  for (const word of words.slice(0, MAX_WORDS)) {
    // `--model=weights.bin` names a file as well.
    const name = word.startsWith('-') ? word.slice(word.indexOf('=') + 1) : word;
    if (name === '' || name.startsWith('-') || name.length > MAX_PATH) continue;
    const path = isAbsolute(name) ? name : resolve(cwd, name);
    scopes.push(...scopeOf(path, 2), ...pathsIn(path).flatMap((named) => scopeOf(named, 1)));
  }
  return [...scopes, { folder: cwd, levels: 6 }, { folder: temporaryFolder, levels: 0 }];
}

/** The folder, or that of the file; none for a path at which there is nothing. */
function scopeOf(path: string, levels: number): Scope[] {
  try {
    return [
      statSync(path).isDirectory()
        ? { folder: path, levels }
        : { folder: dirname(path), levels: levels - 1 },
    ];
  } catch {
    return [];
  }
}

/** Absolute paths between quotation marks, or behind a colon or equals sign, in a small text file. */
function pathsIn(path: string): string[] {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > MAX_TEXT_BYTES) return [];
    const text = readFileSync(path, 'utf8');
    const paths = text.matchAll(/["'`](\/[^"'`\n]{1,300})["'`]|[:=]\s*(\/\S{1,300})/gu);
    return [...new Set([...paths].map((match) => match[1] ?? match[2] ?? ''))].slice(0, MAX_PATHS);
  } catch {
    return [];
  }
}

/**
 * Finds the large files of some folders, near ones first, for at most 80 ms.
 *
 * @param seeFolder is told each folder that was looked into.
 */
export function findLargeFiles(
  scopes: readonly Scope[],
  minBytes: number,
  seeFolder: (path: string) => void,
): LargeFile[] {
  const until = performance.now() + WALK_MS;
  const found: LargeFile[] = [];
  const seen = new Set<string>();
  // One level of all scopes after the other.
  for (let level = scopes.slice(); level.length > 0;) {
    const next: Scope[] = [];
    for (const { folder, levels } of level) {
      if (seen.has(folder)) continue;
      if (seen.size >= MAX_FOLDERS || performance.now() > until) return found;
      seen.add(folder);
      seeFolder(folder);
      for (const entry of entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (levels > 0 && !SKIPPED.has(entry.name))
            next.push({ folder: path, levels: levels - 1 });
        } else if (entry.isFile() || entry.isSymbolicLink()) {
          const file = largeFile(path, minBytes);
          if (file !== null) found.push(file);
          if (performance.now() > until) return found;
        }
      }
    }
    level = next;
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).slice(0, MAX_ENTRIES);
  } catch {
    return [];
  }
}

/** Programs and shared libraries are opened whenever a process starts; that is no load of data. */
function isMachineCode(path: string): boolean {
  const magic = Buffer.alloc(4);
  try {
    const fd = openSync(path, 'r');
    try {
      readSync(fd, magic, 0, 4, 0);
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
  return magic.toString('latin1') === '\x7fELF';
}

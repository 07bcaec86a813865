import { opendir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, relative, sep } from 'node:path';

/** Folders that hold what others wrote or what a build made. */
const FOREIGN_FOLDERS: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  'vendor',
  'target',
  'dist',
  'build',
  'out',
  'bin',
  'obj',
  '.venv',
  'venv',
  'site-packages',
  '__pycache__',
  '.tox',
  '.mypy_cache',
  '.gradle',
  '.idea',
  '.next',
  'coverage',
]);

/** Endings of files that people write programs in. */
const SOURCE_ENDINGS: ReadonlySet<string> = new Set(
  (
    '.py .pyx .pyi .ts .tsx .mts .cts .js .jsx .mjs .cjs .vue .svelte .go .rs .java .kt .kts .scala .groovy .clj .cs ' +
    '.fs .vb .c .cc .cpp .cxx .h .hh .hpp .m .mm .swift .rb .php .pl .pm .lua .r .jl .ex .exs .erl .hs .ml .nim .zig ' +
    '.dart .sh .bash .ps1 .sql .cr .d .f90 .pas'
  ).split(' '),
);

const MOST_FILES = 20_000;
const MOST_BYTES_OF_FILE = 2 * 2 ** 20;
const MOST_BYTES = 400 * 2 ** 20;

/**
 * The sources of a workspace: listed once, on first use, and never left. A link that leads out of the folder is not
 * followed.
 */
export class WorkspaceFiles {
  readonly root: string;
  #listed: Promise<readonly string[]> | null = null;
  #byName: Promise<ReadonlyMap<string, readonly string[]>> | null = null;
  #bytesRead = 0;
  readonly #texts = new Map<string, Promise<string | null>>();

  /** @param root absolute path of the folder. */
  constructor(root: string) {
    this.root = root;
  }

  /** Relative paths with `/`, in the order of their names; at most 20,000. */
  list(): Promise<readonly string[]> {
    this.#listed ??= this.#walk();
    return this.#listed;
  }

  /** Relative paths of the sources with a file name. */
  async named(name: string): Promise<readonly string[]> {
    this.#byName ??= this.list().then((files) => Map.groupBy(files, (file) => basename(file)));
    return (await this.#byName).get(name) ?? [];
  }

  /**
   * The text of a source; null for one that is not in the workspace, cannot be read, or is too large to be a source.
   *
   * @param path relative to the workspace.
   */
  text(path: string): Promise<string | null> {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = this.#read(path);
    this.#texts.set(path, text);
    return text;
  }

  /** A path relative to the workspace, or null where it leads out of it. */
  inside(path: string): string | null {
    const within = isAbsolute(path) ? relative(this.root, path) : relative('.', path);
    if (within === '' || within.startsWith('..') || isAbsolute(within)) return null;
    return within.split(sep).join('/');
  }

  async #read(path: string): Promise<string | null> {
    const within = this.inside(path);
    if (within === null || within.includes('\0')) return null;
    try {
      const root = await realpath(this.root);
      const file = await realpath(join(root, within));
      if (!file.startsWith(root + sep)) return null;
      const { size } = await stat(file);
      if (size > MOST_BYTES_OF_FILE || this.#bytesRead + size > MOST_BYTES) return null;
      this.#bytesRead += size;
      return await readFile(file, 'utf8');
    } catch {
      return null;
    }
  }

  async #walk(): Promise<readonly string[]> {
    const files: string[] = [];
    const folders = [''];
    for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
      try {
        for await (const entry of await opendir(join(this.root, folder))) {
          const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
          if (entry.isDirectory()) {
            if (!FOREIGN_FOLDERS.has(entry.name)) folders.push(path);
          } else if (entry.isFile() && SOURCE_ENDINGS.has(extname(entry.name).toLowerCase())) {
            files.push(path);
          }
          if (files.length >= MOST_FILES) return files.sort();
        }
      } catch {
        // A folder that may not be read holds no sources for us.
      }
    }
    return files.sort();
  }
}

import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ProfilerError } from '../model/profilerError.ts';
import { git, tryGit } from './git.ts';
import type { Repository } from './repository.ts';

/** Begins the names of our folders in the folder for temporary files; the process id follows. */
const PREFIX = 'earshot-worktrees-';
const REMOVE = { recursive: true, force: true, maxRetries: 3 } as const;
/** In each of our folders: the repository that its worktrees belong to. */
const OWNER_FILE = 'repository';

/**
 * Checked-out commits in a folder of their own, so that the person's checkout stays as it is. Everything is removed by
 * `close`; what a killed process left behind is removed by the next one that opens any.
 */
export class Worktrees {
  readonly #repository: Repository;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #trees: string[] = [];

  private constructor(repository: Repository, folder: string, signal: AbortSignal) {
    this.#repository = repository;
    this.#folder = folder;
    this.#signal = signal;
  }

  /** @throws ProfilerError `git.*` */
  static async open(repository: Repository, signal: AbortSignal): Promise<Worktrees> {
    await sweepWorktrees();
    const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    writeFileSync(join(folder, OWNER_FILE), repository.root);
    return new Worktrees(repository, folder, signal);
  }

  /**
   * Checks a commit out into a new folder.
   *
   * @param hash of the commit, hexadecimal.
   * @throws ProfilerError `git.failed`; AbortError.
   */
  async add(hash: string): Promise<string> {
    const tree = join(this.#folder, `tree-${this.#trees.length}`);
    this.#trees.push(tree);
    await git(['worktree', 'add', '--quiet', '--detach', tree, hash], this.#options());
    return tree;
  }

  /**
   * Brings a folder that `add` gave to another commit. Files that git does not know go, those it ignores stay: what a
   * set-up left there need not be made again.
   */
  async move(tree: string, hash: string): Promise<void> {
    const options = { cwd: tree, signal: this.#signal };
    await git(['checkout', '--quiet', '--force', '--detach', hash], options);
    await git(['clean', '--quiet', '-ffd'], options);
  }

  /**
   * Links files and folders of the person's checkout (`node_modules`, `.env`) to the same place of a worktree.
   *
   * @param paths relative to the root of the repository.
   * @throws ProfilerError `gate.invalid-link` for a path that leads out of the repository or is not there.
   */
  link(tree: string, paths: readonly string[]): void {
    const { root } = this.#repository;
    for (const path of paths) {
      const from = resolve(root, path);
      const inside = relative(root, from);
      if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
        throw new ProfilerError(
          'gate.invalid-link',
          `“${path}” is no path inside of the repository.`,
        );
      }
      if (!existsSync(from))
        throw new ProfilerError('gate.invalid-link', `There is no “${path}” to link.`);
      const to = join(tree, inside);
      if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) continue;
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(from, to, 'junction');
    }
  }

  /** Removes everything. Never throws: what is left is swept by the next one. */
  async close(): Promise<void> {
    const { root } = this.#repository;
    await removeFolder(this.#folder, this.#trees, root).catch(() => undefined);
  }

  #options(): { cwd: string; signal: AbortSignal } {
    return { cwd: this.#repository.root, signal: this.#signal };
  }
}

/** Removes worktrees of processes that are gone. */
export async function sweepWorktrees(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^earshot-worktrees-(\d+)-/u.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(tmpdir(), name);
    const { uid = -1 } = lstatSync(folder, { throwIfNoEntry: false }) ?? {};
    if (process.getuid !== undefined && uid !== process.getuid()) continue;
    const owner = join(folder, OWNER_FILE);
    const root = existsSync(owner) ? readFileSync(owner, 'utf8') : null;
    await removeFolder(folder, treesIn(folder), root).catch(() => undefined);
  }
}

function treesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /^tree-\d+$/u.test(name));
    return names.map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/**
 * Removes a folder of ours. Git is told of each of its worktrees by name: `git worktree prune` would also forget those of
 * the person whose folders happen to be absent, moved or on a disk that is not mounted.
 */
async function removeFolder(
  folder: string,
  trees: readonly string[],
  root: string | null,
): Promise<void> {
  const known = root !== null && existsSync(root) ? root : null;
  for (const tree of trees) {
    // Before git, which could follow a linked folder into the person's checkout.
    rmSync(tree, REMOVE);
    if (known !== null) {
      await tryGit(['worktree', 'remove', '--force', '--force', tree], { cwd: known });
    }
  }
  // The last of all, as it says whose worktrees these are to whoever sweeps what could not be removed.
  rmSync(folder, REMOVE);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

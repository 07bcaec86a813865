import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProfilerError } from '../model/profilerError.ts';
import type { Commit, Repository } from './repository.ts';
import { setUp } from './setUp.ts';
import { Worktrees } from './worktrees.ts';

/** How checked-out commits are made ready. */
export interface CheckoutOptions {
  /** Command line that a shell runs in the root of each. */
  readonly setup: string | null;
  /** Paths of the person's checkout that are linked into each, relative to its root. */
  readonly link: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told before a set-up begins. */
  readonly onSetUp?: (commit: Commit) => void;
}

/** A commit that can be run. */
export interface Checkout {
  /** Root of the worktree. */
  readonly root: string;
  /** The folder in it that corresponds to the one the person stands in. */
  readonly folder: string;
}

/** Commits of one repository, checked out and made ready to run. */
export class Checkouts {
  readonly #repository: Repository;
  readonly #worktrees: Worktrees;
  readonly #options: CheckoutOptions;

  private constructor(repository: Repository, worktrees: Worktrees, options: CheckoutOptions) {
    this.#repository = repository;
    this.#worktrees = worktrees;
    this.#options = options;
  }

  /** @throws ProfilerError `git.*` */
  static async open(repository: Repository, options: CheckoutOptions): Promise<Checkouts> {
    const worktrees = await Worktrees.open(repository, options.signal);
    return new Checkouts(repository, worktrees, options);
  }

  /** @throws ProfilerError `git.failed`, `gate.command-failed`, `gate.invalid-link`; AbortError */
  async add(commit: Commit): Promise<Checkout> {
    const root = await this.#worktrees.add(commit.hash);
    return this.#ready(root, commit);
  }

  /** Brings a checkout to another commit. @throws as `add` */
  async move({ root }: Checkout, commit: Commit): Promise<Checkout> {
    await this.#worktrees.move(root, commit.hash);
    return this.#ready(root, commit);
  }

  close(): Promise<void> {
    return this.#worktrees.close();
  }

  async #ready(root: string, commit: Commit): Promise<Checkout> {
    const { setup, link, env, signal } = this.#options;
    this.#worktrees.link(root, link);
    if (setup !== null) {
      this.#options.onSetUp?.(commit);
      await setUp(setup, root, env, signal);
    }
    const folder = join(root, this.#repository.prefix);
    if (!existsSync(folder)) {
      const message = `There is no folder ${this.#repository.prefix} in ${commit.hash.slice(0, 10)}.`;
      throw new ProfilerError('gate.command-failed', message);
    }
    return { root, folder };
  }
}

/** What a checked-out commit may lack that the person's checkout has, each a sentence. */
export function checkoutNotes(repository: Repository, options: CheckoutOptions): string[] {
  const has = (name: string): boolean => existsSync(join(repository.root, name));
  const notes: string[] = [];
  if (has('.gitmodules') && options.setup === null) {
    notes.push(
      'Submodules are not checked out in the worktree: --setup "git submodule update --init" does that.',
    );
  }
  const missing = ['node_modules', '.venv', 'venv', 'vendor', 'target', '.env'].filter(
    (name) => has(name) && !options.link.includes(name),
  );
  if (missing.length > 0 && options.setup === null) {
    const names = missing.join(', ');
    notes.push(
      `Files that git ignores (here ${names}) are not in the worktree: --link PATH or --setup bring them there.`,
    );
  }
  return notes;
}

import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { ProfilerError } from '../model/profilerError.ts';
import { type GitOptions, git, tryGit } from './git.ts';

/** A git repository and where in it somebody stands. */
export interface Repository {
  /** Folder of the working tree. */
  readonly root: string;
  /** Path from there to the folder that was asked about; empty for the root itself. */
  readonly prefix: string;
  /** Whether its history ends where it was cut off when it was cloned. */
  readonly shallow: boolean;
}

/** What is shown of a commit. */
export interface Commit {
  /** All 40 or 64 hexadecimal digits. */
  readonly hash: string;
  readonly subject: string;
  readonly author: string;
  /** Of the author, ISO 8601. */
  readonly date: string;
}

/** @throws ProfilerError `git.repository-not-found`, `git.missing` */
export async function openRepository(options: GitOptions): Promise<Repository> {
  const inside = await tryGit(['rev-parse', '--show-toplevel'], options);
  const root = inside.stdout.replace(/\n$/u, '');
  if (inside.exitCode !== 0 || root === '') {
    const message = `${options.cwd} is in no working tree of a git repository.`;
    throw new ProfilerError('git.repository-not-found', message);
  }
  const shallow = await git(['rev-parse', '--is-shallow-repository'], options);
  const prefix = relative(realpathSync(root), realpathSync(options.cwd));
  return { root, prefix, shallow: shallow.trim() === 'true' };
}

/** The hash of the commit that a person's reference names, or null. */
export async function findCommit(reference: string, options: GitOptions): Promise<string | null> {
  const found = await tryGit(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`],
    options,
  );
  const hash = found.stdout.trim();
  return found.exitCode === 0 && /^[0-9a-f]{40,64}$/u.test(hash) ? hash : null;
}

/** @throws ProfilerError `git.ref-not-found` */
export async function commitOf(
  reference: string,
  repository: Repository,
  signal?: AbortSignal,
): Promise<Commit> {
  const options = { cwd: repository.root, signal };
  const hash = await findCommit(reference, options);
  if (hash === null) throw notFound(`There is no commit “${reference}”.`, repository);
  // A hash needs no end of options; %x00 keeps subjects with line breaks and anything else apart.
  const format = '%H%x00%s%x00%an%x00%aI';
  const shown = await git(['show', '--no-patch', `--format=${format}`, hash], options);
  const [full = hash, subject = '', author = '', date = ''] = shown.replace(/\n$/u, '').split('\0');
  return { hash: full, subject, author, date };
}

export function notFound(message: string, { shallow }: Repository): ProfilerError {
  const why = shallow
    ? ' This clone is shallow: its history was cut off. git fetch --unshallow gets the rest.'
    : '';
  return new ProfilerError('git.ref-not-found', `${message}${why}`);
}

/** Names of branches that a change is usually measured against. */
const MAIN_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/**
 * The commit that the working tree is compared with where nobody says which: where it left the main branch; on that
 * branch itself the last commit if anything is changed since, else the one before.
 *
 * @throws ProfilerError `gate.no-baseline`
 */
export async function defaultBaseline(
  repository: Repository,
  signal?: AbortSignal,
): Promise<{ readonly commit: Commit; readonly why: string }> {
  const options = { cwd: repository.root, signal };
  const head = await findCommit('HEAD', options);
  if (head === null) throw new ProfilerError('gate.no-baseline', 'There are no commits yet.');
  for (const branch of MAIN_BRANCHES) {
    const main = await findCommit(branch, options);
    if (main === null) continue;
    const base = await tryGit(['merge-base', main, head], options);
    const hash = base.stdout.trim();
    if (base.exitCode !== 0 || hash === '' || hash === head) continue;
    const commit = await commitOf(hash, repository, signal);
    return { commit, why: `where this branch left ${branch}` };
  }
  if (await hasChanges(repository, signal)) {
    return { commit: await commitOf('HEAD', repository, signal), why: 'the last commit' };
  }
  const before = await findCommit('HEAD~1', options);
  if (before === null) {
    const { message } = notFound('There is no commit before this one.', repository);
    throw new ProfilerError('gate.no-baseline', message);
  }
  return { commit: await commitOf(before, repository, signal), why: 'the commit before this one' };
}

/** Whether the working tree differs from its commit in files that git knows. */
export async function hasChanges(repository: Repository, signal?: AbortSignal): Promise<boolean> {
  const options = { cwd: repository.root, signal };
  const status = ['status', '--porcelain', '--untracked-files=no', '--ignore-submodules=all'];
  return (await git(status, options)).trim() !== '';
}

import type { CheckoutOptions, Checkouts } from '../profiler/gate/checkouts.ts';
import {
  type Commit,
  commitOf,
  defaultBaseline,
  hasChanges,
  type Repository,
} from '../profiler/gate/repository.ts';
import type { Side } from '../profiler/gate/schedule.ts';

/** One of the two things that a gate compares. */
export interface PreparedSide {
  /** `1a2b3c4d5e Read the file once`, or the working tree. */
  readonly label: string;
  /** In a few words, for names of runs and messages. */
  readonly short: string;
  /** Folder to run in. */
  readonly cwd: string;
  readonly commit: Commit;
  /** Whether it is the person's checkout as it is. */
  readonly workingTree: boolean;
}

export const SHORT_HASH = 10;

export function commitLabel({ hash, subject }: Commit): string {
  return `${hash.slice(0, SHORT_HASH)} ${subject}`;
}

/** The baseline that is asked for, or the one that goes without saying. @throws ProfilerError `git.*`, `gate.no-baseline` */
export async function baselineCommit(
  repository: Repository,
  reference: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly commit: Commit; readonly why: string }> {
  if (reference === undefined) return defaultBaseline(repository, signal);
  return { commit: await commitOf(reference, repository, signal), why: reference };
}

/** Checks out what is to be compared. B is the working tree as it is where no commit is named. */
export async function prepareSides(
  checkouts: Checkouts,
  repository: Repository,
  baseline: { readonly commit: Commit; readonly why: string },
  head: string | undefined,
  cwd: string,
  signal: CheckoutOptions['signal'],
): Promise<Readonly<Record<Side, PreparedSide>>> {
  const inWorktree = async (commit: Commit, why: string): Promise<PreparedSide> => ({
    label: `${commitLabel(commit)} (${why})`,
    short: commit.hash.slice(0, SHORT_HASH),
    cwd: (await checkouts.add(commit)).folder,
    commit,
    workingTree: false,
  });
  const commitOfHead = await commitOf(head ?? 'HEAD', repository, signal);
  const a = await inWorktree(baseline.commit, baseline.why);
  if (head !== undefined) return { a, b: await inWorktree(commitOfHead, head) };
  const changed = await hasChanges(repository, signal);
  const label = `working tree: ${commitLabel(commitOfHead)}${changed ? ', with changes' : ''}`;
  const short = 'the working tree';
  return { a, b: { label, short, cwd, commit: commitOfHead, workingTree: true } };
}

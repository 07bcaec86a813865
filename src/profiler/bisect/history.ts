import { ProfilerError } from '../model/profilerError.ts';
import { git, tryGit } from '../gate/git.ts';
import { type Commit, notFound, type Repository } from '../gate/repository.ts';
import { linearGraph, type SuspectGraph } from './suspects.ts';

/** The commits that may have made a difference: those of bad that good does not have. */
export interface History {
  /** Parents before children; the last one is the bad commit. */
  readonly commits: readonly Commit[];
  readonly graph: SuspectGraph;
}

/** Beyond this the table of which commit contains which would not fit into memory; --first-parent makes it unneeded. */
const MOST_BRANCHED = 20_000;

/**
 * The commits between good and bad.
 *
 * @param firstParent follow only first parents: merges count as one change, their branches are not looked into.
 * @throws ProfilerError `git.ref-not-found` where bad does not contain good, `bisect.too-many-commits`, `git.failed`
 */
export async function historyBetween(
  good: Commit,
  bad: Commit,
  repository: Repository,
  firstParent: boolean,
  signal: AbortSignal,
): Promise<History> {
  const options = { cwd: repository.root, signal };
  const ancestor = await tryGit(['merge-base', '--is-ancestor', good.hash, bad.hash], options);
  if (ancestor.exitCode !== 0 || good.hash === bad.hash) {
    const message = `The bad commit ${bad.hash.slice(0, 10)} does not come after the good one ${good.hash.slice(0, 10)}.`;
    throw notFound(message, repository);
  }
  const listed = await git(
    [
      'log',
      '--reverse',
      '--topo-order',
      ...(firstParent ? ['--first-parent'] : []),
      '--format=%H%x00%P%x00%s%x00%an%x00%aI%x1e',
      `${good.hash}..${bad.hash}`,
    ],
    options,
  );
  const rows = listed
    .split('\x1e')
    .map((row) => row.replace(/^\n/u, '').split('\0'))
    .filter(([hash = '']) => hash !== '');
  const commits = rows.map(([hash = '', , subject = '', author = '', date = '']): Commit => ({
    hash,
    subject,
    author,
    date,
  }));
  const parents = rows.map(([, list = '']) => list.split(' ').filter(Boolean));
  return { commits, graph: firstParent ? linearGraph(commits.length) : graphOf(commits, parents) };
}

function graphOf(
  commits: readonly Commit[],
  parents: readonly (readonly string[])[],
): SuspectGraph {
  const { length: count } = commits;
  const index = new Map(commits.map(({ hash }, i) => [hash, i]));
  const linear = parents.every(
    (list, i) => list.length === 1 && (i === 0 || index.get(list[0] ?? '') === i - 1),
  );
  if (linear) return linearGraph(count);
  if (count > MOST_BRANCHED) {
    const message = `${count} commits with branches are too many to tell which contains which.`;
    throw new ProfilerError('bisect.too-many-commits', message);
  }
  const words = Math.ceil(count / 32);
  const bits = new Uint32Array(count * words);
  parents.forEach((list, i) => {
    for (const parent of list) {
      const at = index.get(parent);
      if (at === undefined) continue;
      for (let word = 0; word < words; word += 1) {
        bits[i * words + word] = (bits[i * words + word] ?? 0) | (bits[at * words + word] ?? 0);
      }
    }
    const own = i * words + (i >> 5);
    bits[own] = (bits[own] ?? 0) | (1 << (i & 31));
  });
  return {
    count,
    contains: (tested, suspect) =>
      (((bits[tested * words + (suspect >> 5)] ?? 0) >>> (suspect & 31)) & 1) === 1,
  };
}

/** What a commit changed in one file. */
export interface FileChange {
  readonly file: string;
  /** Lines of the file after the commit, from 1, that hunks of it cover. */
  readonly hunks: readonly {
    readonly line: number;
    readonly lines: number;
    readonly text: string;
  }[];
}

const MOST_FILES = 50;
const MOST_HUNKS = 20;
const MOST_HUNK_LINES = 30;

/** Files and hunks of a commit against its first parent; long ones are cut. */
export async function changesOf(
  commit: Commit,
  repository: Repository,
  signal: AbortSignal,
): Promise<FileChange[]> {
  const options = { cwd: repository.root, signal };
  const base = [
    'show',
    '--format=',
    '--first-parent',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
  ];
  const names = await git([...base, '-z', '--name-only', commit.hash], options);
  const files = names.split('\0').filter(Boolean).slice(0, MOST_FILES);
  const changes: FileChange[] = [];
  for (const file of files) {
    const path = `:(top,literal)${file}`;
    const text = await git([...base, '--unified=2', commit.hash, '--', path], options);
    changes.push({ file, hunks: hunksOf(text) });
  }
  return changes;
}

function hunksOf(diff: string): FileChange['hunks'] {
  return diff
    .split(/^(?=@@ )/mu)
    .filter((part) => part.startsWith('@@ '))
    .slice(0, MOST_HUNKS)
    .map((part) => {
      const [, line = '1', lines = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/u.exec(part) ?? [];
      const text = part.trimEnd().split('\n').slice(0, MOST_HUNK_LINES).join('\n');
      return { line: Number(line), lines: Number(lines), text };
    });
}

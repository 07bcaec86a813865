import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesOf, historyBetween } from '../../../src/profiler/bisect/history.ts';
import {
  commitOf,
  defaultBaseline,
  hasChanges,
  openRepository,
} from '../../../src/profiler/gate/repository.ts';
import { sweepWorktrees, Worktrees } from '../../../src/profiler/gate/worktrees.ts';
import { GitRepository } from '../../helpers/gitRepository.ts';

const { signal } = new AbortController();
const HOSTILE = [
  '-x',
  '--upload-pack=touch x',
  '--',
  'a..b',
  'HEAD; touch x',
  '$(touch x)',
  '"',
  "'",
  '',
  '\n',
  '@{',
  'ünïcode',
  '../..',
];

const opened = (repository: GitRepository) => openRepository({ cwd: repository.folder, signal });

describe('openRepository', () => {
  it('says where there is none', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'earshot-git-'));
    await expect(openRepository({ cwd, signal })).rejects.toMatchObject({
      code: 'git.repository-not-found',
    });
  });

  it.each(['with space', 'quote\'"', '-dash', 'ünï码', '$(x)'])(
    'knows a folder named %s',
    async (name) => {
      using repository = new GitRepository(name);
      repository.commit('One', { 'sub dir/file': '1' });
      expect(await opened(repository)).toEqual({
        root: repository.folder,
        prefix: '',
        shallow: false,
      });
      const cwd = join(repository.folder, 'sub dir');
      expect(await openRepository({ cwd, signal })).toMatchObject({ prefix: 'sub dir' });
    },
  );
});

describe('commitOf', () => {
  it('takes no reference for an option or a command', async () => {
    using repository = new GitRepository();
    repository.commit('One', { file: '1' });
    for (const reference of HOSTILE) {
      await expect(commitOf(reference, await opened(repository))).rejects.toMatchObject({
        code: 'git.ref-not-found',
      });
    }
    expect(existsSync(join(repository.folder, 'x'))).toBe(false);
  });

  it('reads subjects and authors as they are', async () => {
    using repository = new GitRepository();
    const subject = '-m "quotes" `ticks` | ünï码 \u202e';
    const hash = repository.commit(subject, { file: '1' });
    repository.git('branch', '--', 'a/b');
    expect(await commitOf('a/b', await opened(repository))).toEqual({
      hash,
      subject,
      author: 'An Author',
      // Newer versions of git write Z.
      date: expect.stringMatching(/^2026-01-02T03:04:05(?:Z|\+00:00)$/u),
    });
  });

  it('tells that a clone is shallow', async () => {
    using repository = new GitRepository();
    const first = repository.commit('One', { file: '1' });
    repository.commit('Two', { file: '2' });
    using clone = new GitRepository();
    clone.git('fetch', '--quiet', '--depth', '1', `file://${repository.folder}`, 'main');
    clone.git('checkout', '--quiet', '-B', 'main', 'FETCH_HEAD');
    await expect(commitOf(first, await opened(clone))).rejects.toThrow('--unshallow');
    await expect(defaultBaseline(await opened(clone))).rejects.toMatchObject({
      code: 'gate.no-baseline',
    });
  });
});

describe('defaultBaseline', () => {
  it('is where the branch began, the last commit with changes, or the one before', async () => {
    using repository = new GitRepository();
    await expect(defaultBaseline(await opened(repository))).rejects.toMatchObject({
      code: 'gate.no-baseline',
    });
    const first = repository.commit('One', { file: '1' });
    const second = repository.commit('Two', { file: '2' });
    expect((await defaultBaseline(await opened(repository))).commit.hash).toBe(first);
    repository.write('file', 'changed');
    expect((await defaultBaseline(await opened(repository))).commit.hash).toBe(second);
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.commit('Three', {});
    repository.commit('Four', { file: '4' });
    expect((await defaultBaseline(await opened(repository))).commit.hash).toBe(second);
    repository.git('checkout', '--quiet', '--detach', 'HEAD');
    expect((await defaultBaseline(await opened(repository))).commit.hash).toBe(second);
  });
});

describe('Worktrees', () => {
  it('checks commits out beside the checkout and leaves no trace', async () => {
    using repository = new GitRepository('it\'s a "repository"');
    const one = repository.commit('One', { 'file ünï': '1', '.gitignore': 'cache\n' });
    const two = repository.commit('Two', { 'file ünï': '2' });
    repository.write('file ünï', 'not committed');
    repository.write('.git/hooks/post-checkout', '#!/bin/sh\ntouch "$PWD/hook-ran"\n');
    repository.git('config', 'core.fileMode', 'true');
    const before = repository.git('status', '--porcelain');
    const worktrees = await Worktrees.open(await opened(repository), signal);
    const tree = await worktrees.add(one);
    expect(readFileSync(join(tree, 'file ünï'), 'utf8')).toBe('1');
    writeFileSync(join(tree, 'left over'), '');
    writeFileSync(join(tree, 'cache'), '');
    writeFileSync(join(tree, 'file ünï'), 'changed by a run');
    await worktrees.move(tree, two);
    expect(readFileSync(join(tree, 'file ünï'), 'utf8')).toBe('2');
    expect(existsSync(join(tree, 'left over'))).toBe(false);
    expect(existsSync(join(tree, 'cache'))).toBe(true);
    expect(existsSync(join(tree, 'hook-ran'))).toBe(false);
    await worktrees.close();
    expect(existsSync(tree)).toBe(false);
    expect(repository.worktrees).toHaveLength(1);
    expect(repository.git('status', '--porcelain')).toBe(before);
    expect(readFileSync(join(repository.folder, 'file ünï'), 'utf8')).toBe('not committed');
  });

  it('links what git does not know, and nothing outside of the repository', async () => {
    using repository = new GitRepository();
    const one = repository.commit('One', { '.gitignore': 'modules\n', kept: 'committed' });
    mkdirSync(join(repository.folder, 'modules/deep'), { recursive: true });
    const worktrees = await Worktrees.open(await opened(repository), signal);
    const tree = await worktrees.add(one);
    worktrees.link(tree, ['modules/deep', 'kept']);
    expect(readlinkSync(join(tree, 'modules/deep'))).toBe(join(repository.folder, 'modules/deep'));
    expect(readFileSync(join(tree, 'kept'), 'utf8')).toBe('committed');
    for (const path of ['..', '../other', '/etc', 'nothing', '.']) {
      expect(() => worktrees.link(tree, [path])).toThrow(
        expect.objectContaining({ code: 'gate.invalid-link' }),
      );
    }
    await worktrees.close();
    expect(existsSync(join(repository.folder, 'modules/deep'))).toBe(true);
  });

  it('sweeps what a process that is gone left behind, and nothing of others', async () => {
    using repository = new GitRepository();
    const one = repository.commit('One', { file: '1' });
    const worktrees = await Worktrees.open(await opened(repository), signal);
    const living = await worktrees.add(one);
    // Process ids go up to 4194304 on Linux: none has this one.
    const gone = mkdtempSync(join(tmpdir(), 'earshot-worktrees-4194999-'));
    writeFileSync(join(gone, 'repository'), repository.folder);
    repository.git('worktree', 'add', '--quiet', '--detach', join(gone, 'tree-0'), one);
    await sweepWorktrees();
    expect(existsSync(gone)).toBe(false);
    expect(existsSync(living)).toBe(true);
    expect(repository.worktrees).toHaveLength(2);
    await worktrees.close();
    expect(repository.worktrees).toHaveLength(1);
  });
});

describe('git of ours', () => {
  it('forgets no worktree of the person whose folder is absent now', async () => {
    using repository = new GitRepository();
    const one = repository.commit('One', { file: '1' });
    const [old, moved] = ['old', 'moved'].map((name) => join(repository.folder, '..', name));
    repository.git('worktree', 'add', '--quiet', '--detach', old!, one);
    renameSync(old!, moved!);
    const gone = mkdtempSync(join(tmpdir(), 'earshot-worktrees-4194998-'));
    writeFileSync(join(gone, 'repository'), repository.folder);
    repository.git('worktree', 'add', '--quiet', '--detach', join(gone, 'tree-0'), one);
    const worktrees = await Worktrees.open(await opened(repository), signal);
    await worktrees.add(one);
    expect(repository.worktrees).toHaveLength(3);
    await worktrees.close();
    expect(existsSync(gone)).toBe(false);
    expect(repository.worktrees).toHaveLength(2);
    repository.git('worktree', 'repair', moved!);
    expect(repository.git('-C', moved!, 'rev-parse', 'HEAD').trim()).toBe(one);
  });

  it('reads commits where signatures are shown, and leaves the index as it is', async () => {
    using repository = new GitRepository();
    const signer = join(repository.folder, '.git/signer');
    writeFileSync(
      signer,
      `#!/bin/sh
case "$*" in
*--verify*) echo '[GNUPG:] GOODSIG 0 somebody'; echo 'gpg: Good signature' >&2 ;;
*) cat > /dev/null; echo '-----BEGIN PGP SIGNATURE-----'; echo '-----END PGP SIGNATURE-----'
  echo '[GNUPG:] SIG_CREATED ' >&2 ;;
esac
`,
      { mode: 0o755 },
    );
    repository.git('config', 'gpg.program', signer);
    repository.git('config', 'log.showSignature', 'true');
    const good = repository.commit('One', { file: '1' });
    repository.git('commit', '--quiet', '--allow-empty', '-S', '-m', 'Two');
    repository.git('commit', '--quiet', '--allow-empty', '-S', '-m', 'Three');
    expect(repository.git('log', '-1', '--format=%s')).not.toBe('Three\n');
    const opening = await opened(repository);
    const [first, last] = [await commitOf(good, opening), await commitOf('HEAD', opening)];
    expect(last).toMatchObject({ subject: 'Three', author: 'An Author' });
    const { commits } = await historyBetween(first, last, opening, false, signal);
    expect(commits.map(({ subject }) => subject)).toEqual(['Two', 'Three']);
    const index = join(repository.folder, '.git/index');
    // A file with a new time but the same content, so that a refresh of the index would write it.
    utimesSync(join(repository.folder, 'file'), 1, 1);
    const before = readFileSync(index);
    expect(await hasChanges(opening)).toBe(false);
    expect(readFileSync(index).equals(before)).toBe(true);
  });
});

describe('historyBetween', () => {
  it('knows which commit contains which, on branches and along first parents', async () => {
    using repository = new GitRepository();
    const good = repository.commit('good', { file: '0' });
    repository.commit('one', { file: '1' });
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.commit('side', { other: '1' });
    repository.git('checkout', '--quiet', 'main');
    repository.commit('two', { file: '2' });
    repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
    const opening = await opened(repository);
    const [first, last] = [await commitOf(good, opening), await commitOf('HEAD', opening)];
    const all = await historyBetween(first, last, opening, false, signal);
    const at = (subject: string) => all.commits.findIndex((commit) => commit.subject === subject);
    expect(all.commits.map(({ subject }) => subject).toSorted()).toEqual([
      'merge',
      'one',
      'side',
      'two',
    ]);
    expect(all.graph.contains(at('two'), at('one'))).toBe(true);
    expect(all.graph.contains(at('two'), at('side'))).toBe(false);
    expect(all.graph.contains(at('merge'), at('side'))).toBe(true);
    const main = await historyBetween(first, last, opening, true, signal);
    expect(main.commits.map(({ subject }) => subject)).toEqual(['one', 'two', 'merge']);
    await expect(historyBetween(last, first, opening, false, signal)).rejects.toMatchObject({
      code: 'git.ref-not-found',
    });
  });

  it('shows the files and hunks of a commit, whatever they are named', async () => {
    using repository = new GitRepository();
    const name = ':(exclude)ünï "quoted"\n-x';
    repository.commit('One', { [name]: 'a\nb\nc\n', plain: '1\n' });
    repository.commit('Two', { [name]: 'a\nB\nc\n', plain: '2\n' });
    const opening = await opened(repository);
    const changes = await changesOf(await commitOf('HEAD', opening), opening, signal);
    expect(changes.map(({ file }) => file).toSorted()).toEqual([name, 'plain'].toSorted());
    const hunk = changes.find(({ file }) => file === name)?.hunks[0];
    expect(hunk).toMatchObject({ line: 1, lines: 3 });
    expect(hunk?.text).toContain('-b\n+B');
  });
});

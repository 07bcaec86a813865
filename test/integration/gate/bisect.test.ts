import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/profiler/stats/seededRandom.ts';
import { temporaryFolder } from '../helpers/places.ts';
import { jsonLines, runCli, RunningCli, type Ended } from '../helpers/realCli.ts';
import { GitRepository } from '../../helpers/gitRepository.ts';

const COMMITS = 64;
const NODE = process.execPath;

/** Work of a fixed number of steps: its processor time does not depend on what else the machine does. */
function job(revision: number, passes: number): string {
  return `// revision ${revision}
const passes = ${passes};
let x = 1;
for (let i = 0; i < passes * 150_000; i += 1) x = (x * 1103515245 + 12345) % 2147483648;
console.log(x > 0);
`;
}

interface BisectResult {
  readonly outcome: string;
  readonly commit: { hash: string; subject: string; author: string; date: string } | null;
  readonly partial: boolean;
  readonly suspects: readonly { hash: string }[];
  readonly runs: number;
  readonly fixedRuns: number;
  readonly skipped: readonly { subject: string }[];
  readonly changes: readonly { file: string; hunks: readonly { line: number; text: string }[] }[];
  readonly effect: { ratio: number; interval: readonly number[] };
  readonly error?: { code: string };
}

const lastOf = ({ stdout }: Ended): BisectResult => jsonLines(stdout).at(-1) as BisectResult;

function bisect(
  repository: GitRepository,
  home: string,
  ...args: readonly string[]
): Promise<Ended> {
  const command = ['--', NODE, 'job.mjs'];
  return runCli(['profile', 'bisect', '--json', '--metric', 'cpu-seconds', ...args, ...command], {
    home,
    cwd: repository.folder,
  });
}

describe('profile bisect', () => {
  it('names the slow one of 64 commits with less than half of the runs of a bisect of fixed size', async () => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    const guilty = 1 + Math.floor(seededRandom(20_261_123)() * COMMITS);
    const broken = guilty > 32 ? 16 : 48;
    const good = repository.commit('Change 0', { 'job.mjs': job(0, 100) });
    let slow = '';
    for (let i = 1; i <= COMMITS; i += 1) {
      const text = i === broken ? 'process.exit(1)' : job(i, i >= guilty ? 140 : 100);
      const hash = repository.commit(`Change ${i}`, { 'job.mjs': text });
      if (i === guilty) slow = hash;
    }
    repository.write('job.mjs', 'not committed');
    const ended = await bisect(repository, home.path, '--good', good);
    expect(ended.code).toBe(0);
    const result = lastOf(ended);
    expect(result.commit).toMatchObject({
      hash: slow,
      subject: `Change ${guilty}`,
      author: 'An Author',
    });
    expect(result.runs).toBeLessThan(0.5 * result.fixedRuns);
    expect(result.effect.ratio).toBeGreaterThan(1.1);
    expect(result.changes).toMatchObject([{ file: 'job.mjs', hunks: [{ line: 1 }] }]);
    expect(result.changes[0]?.hunks[0]?.text).toContain('+const passes = 140;');
    expect(repository.worktrees).toHaveLength(1);
    expect(repository.git('status', '--porcelain')).toBe(' M job.mjs\n');
    expect(repository.git('rev-parse', 'HEAD').trim()).toBe(
      repository.git('rev-parse', 'main').trim(),
    );
  });

  it('says that good and bad do not differ instead of naming somebody', async () => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    const good = repository.commit('Change 0', { 'job.mjs': job(0, 40) });
    for (let i = 1; i <= 4; i += 1) repository.commit(`Change ${i}`, { 'job.mjs': job(i, 40) });
    const ended = await bisect(repository, home.path, '--good', good, '--threshold', '30%');
    expect(ended.code).toBe(2);
    expect(lastOf(ended)).toMatchObject({
      outcome: 'inconclusive',
      code: 'bisect.no-difference',
      commit: null,
    });
  });

  it('says what it knows when it is cancelled, and removes its worktrees', async () => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    const good = repository.commit('Change 0', { 'job.mjs': job(0, 100) });
    for (let i = 1; i <= 8; i += 1) repository.commit(`Change ${i}`, { 'job.mjs': job(i, 200) });
    const args = ['--json', '--good', good, '--warm-up', '0', '--', NODE, 'job.mjs'];
    const cli = new RunningCli(['profile', 'bisect', ...args], {
      home: home.path,
      cwd: repository.folder,
    });
    await cli.said('"done":3,');
    cli.kill('SIGINT');
    const ended = await cli.ended;
    const listed = await runCli(['profile', 'list', '--json'], { home: home.path });
    expect(listed.stdout.match(/bisect:node job\.mjs/gu)?.length).toBeGreaterThanOrEqual(3);
    expect(ended.code).toBe(130);
    const result = lastOf(ended);
    expect(result).toMatchObject({ outcome: 'cancelled', partial: true, commit: null });
    expect(result.runs).toBeGreaterThanOrEqual(3);
    expect(result.suspects.length).toBeGreaterThan(0);
    expect(repository.worktrees).toHaveLength(1);
  });

  it.each([
    [
      'a bad commit that does not come after the good one',
      ['--good', 'HEAD', '--bad', 'HEAD~1'],
      4,
    ],
    ['what looks like an option', ['--good', '--all'], 4],
    ['an unknown good commit', ['--good', 'nothing'], 4],
    ['a stage that no run has', ['--good', 'HEAD~1', '--stage', 'nothing'], 8],
    ['a command that fails in the good commit', ['--good', 'HEAD~2'], 8],
  ])('refuses %s', async (_what, args, code) => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    repository.commit('Broken', { 'job.mjs': 'process.exit(3)' });
    repository.commit('One', { 'job.mjs': job(1, 1) });
    repository.commit('Two', { 'job.mjs': job(2, 1) });
    expect((await bisect(repository, home.path, ...args)).code).toBe(code);
    expect(repository.worktrees).toHaveLength(1);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../helpers/places.ts';
import { jsonLines, runCli, RunningCli, type Ended } from '../helpers/realCli.ts';
import { GitRepository } from '../../helpers/gitRepository.ts';

/** A program that sleeps, loads a file so often, and says how long its stages took. */
function job(milliseconds: number, more = ''): string {
  return `
    const begin = performance.now();
    setTimeout(() => {
      ${more}
      console.log('work done in ' + Math.round(performance.now() - begin) + ' ms');
    }, ${milliseconds});
  `;
}

const NODE = process.execPath;

interface GateResult {
  readonly result: string;
  readonly exitCode: number;
  readonly partial: boolean;
  readonly runs: readonly [number, number];
  readonly verdicts: readonly {
    stage: string;
    metric: string;
    verdict: string;
    ratio: number;
    n: number[];
  }[];
  readonly environment: { comparable: boolean; differences: unknown[] };
  readonly reproduce: readonly string[];
  readonly baseline: { label: string; runIds: string[] };
  readonly error?: { code: string; message: string };
}

const lastOf = ({ stdout }: Ended): GateResult => jsonLines(stdout).at(-1) as GateResult;

function gate(repository: GitRepository, home: string, ...args: readonly string[]): Promise<Ended> {
  return runCli(['profile', 'gate', '--json', ...args], { home, cwd: repository.folder });
}

/** Worktree folders of processes of ours that are still there. */
const leftOver = (repository: GitRepository): string[] =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith('earshot-worktrees-'))
    .map((name) => join(tmpdir(), name, 'repository'))
    .filter((file) => existsSync(file) && readFileSync(file, 'utf8') === repository.folder);

describe('profile gate', () => {
  it('tells a regression of changes that are not committed yet, and writes its reports', async () => {
    using repository = new GitRepository('a "repository" -x');
    using home = temporaryFolder();
    repository.commit('Fast', { 'job.mjs': job(40) });
    repository.write('job.mjs', job(700));
    const reports = ['--summary', 's.md', '--junit', 'j.xml', '--sarif', 's.sarif'];
    const ended = await gate(
      repository,
      home.path,
      ...reports,
      '--warm-up',
      '0',
      '--',
      NODE,
      'job.mjs',
    );
    expect(ended.code).toBe(1);
    const result = lastOf(ended);
    expect(result).toMatchObject({ result: 'regression', exitCode: 1, partial: false });
    expect(result.environment.comparable).toBe(true);
    const run = result.verdicts.find(
      ({ stage, metric }) => stage === 'run' && metric === 'seconds',
    );
    expect(run?.verdict).toBe('slower');
    expect(run?.ratio).toBeGreaterThan(1.5);
    expect(run?.n).toEqual(result.runs);
    const read = (name: string): string => readFileSync(join(repository.folder, name), 'utf8');
    expect(read('s.md')).toContain('## Regression in node job.mjs');
    expect(read('j.xml')).toContain('<failure ');
    expect(read('s.sarif')).toContain('"ruleId": "slower"');
    expect(repository.worktrees).toHaveLength(1);
    expect(leftOver(repository)).toEqual([]);
    expect(repository.git('status', '--porcelain')).toContain(' M job.mjs');
    const listed = await runCli(['profile', 'list', '--json'], { home: home.path });
    expect(listed.stdout).toContain(result.baseline.runIds[0]);
    const again = result.reproduce.at(-1)!.split(' ').slice(1);
    const compared = await runCli([...again, '--json'], { home: home.path });
    expect(lastOf(compared).verdicts).toEqual(result.verdicts);
  });

  it('compares two commits from a detached checkout without touching it, by a command of the project', async () => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    const config = {
      commands: {
        nightly: { command: [NODE, 'job.mjs'], setup: 'echo made > made.txt', env: { WAIT: '20' } },
      },
      gate: { threshold: 0.5 },
    };
    const files = {
      '.gitignore': 'made.txt\n',
      'earshot.config.json': JSON.stringify(config),
      'job.mjs': `import { readFileSync } from 'node:fs'; readFileSync('made.txt'); setTimeout(() => undefined, Number(process.env.WAIT));`,
    };
    repository.commit('One', files);
    repository.commit('Two', { other: '' });
    repository.git('checkout', '--quiet', '--detach', 'HEAD');
    const ended = await gate(
      repository,
      home.path,
      '--baseline',
      'HEAD~1',
      '--head',
      'HEAD',
      '-n',
      '3',
      '--max',
      '3',
      'nightly',
    );
    expect(lastOf(ended)).toMatchObject({ runs: [3, 3], partial: false });
    expect([0, 1, 2]).toContain(ended.code);
    expect(existsSync(join(repository.folder, 'made.txt'))).toBe(false);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('tells a command that fails in the baseline only, with what it said', async () => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    repository.commit('Broken', { 'job.mjs': `console.error('no such thing'); process.exit(9);` });
    repository.write('job.mjs', job(1));
    const ended = await gate(repository, home.path, '--', NODE, 'job.mjs');
    expect(ended.code).toBe(8);
    const { error } = lastOf(ended);
    expect(error?.code).toBe('gate.command-failed');
    expect(error?.message).toMatch(/failed in [0-9a-f]{10} with exit code 9.*no such thing/su);
    expect(repository.worktrees).toHaveLength(1);
  });

  it.each([
    ['an unknown commit', ['--baseline', 'no such', '--', NODE, '-v'], 4, 'git.ref-not-found'],
    ['what looks like an option', ['--baseline=--all', '--', NODE, '-v'], 4, 'git.ref-not-found'],
    [
      'an unknown program',
      ['--baseline', 'HEAD', '--', 'no-such-program'],
      127,
      'launch.not-found',
    ],
    ['no command', ['--baseline', 'HEAD'], 8, 'usage'],
    ['a threshold of 500 %', ['--threshold', '5', '--', NODE, '-v'], 8, 'usage'],
    ['an alpha of a half', ['--alpha', '0.5', '--', NODE, '-v'], 8, 'usage'],
    [
      'a link out of the repository',
      ['--baseline', 'HEAD', '--link', '../x', '--', NODE, '-v'],
      8,
      'gate.invalid-link',
    ],
    ['a threshold that is none', ['--threshold', 'much', '--', NODE, '-v'], 8, 'usage'],
    [
      'a set-up that fails',
      ['--baseline', 'HEAD', '--setup', 'exit 3', '--', NODE, '-v'],
      8,
      'gate.command-failed',
    ],
    [
      'a file of settings that is not there',
      ['--config', 'none.json', '--', NODE, '-v'],
      8,
      'config.unreadable',
    ],
  ])('refuses %s with a code that is no verdict', async (_what, args, code, errorCode) => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    repository.commit('One', { file: '1' });
    const ended = await gate(repository, home.path, ...args);
    expect([ended.code, lastOf(ended).error?.code]).toEqual([code, errorCode]);
    expect(repository.worktrees).toHaveLength(1);
  });

  it('says where there is no repository', async () => {
    using home = temporaryFolder();
    using folder = temporaryFolder();
    const args = ['profile', 'gate', '--json', '--', NODE, '-v'];
    const ended = await runCli(args, { home: home.path, cwd: folder.path });
    expect([ended.code, lastOf(ended).error?.code]).toEqual([4, 'git.repository-not-found']);
  });

  it('keeps and shows what there is when it is cancelled, and removes its worktree', async () => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    repository.commit('One', { 'job.mjs': job(300) });
    const args = [
      'profile',
      'gate',
      '--json',
      '--baseline',
      'HEAD',
      '--warm-up',
      '0',
      '--',
      NODE,
      'job.mjs',
    ];
    const cli = new RunningCli(args, { home: home.path, cwd: repository.folder });
    await cli.said('"done":3,');
    cli.kill('SIGINT');
    const ended = await cli.ended;
    const listed = await runCli(['profile', 'list', '--json'], { home: home.path });
    expect(listed.stdout.match(/gate:node job\.mjs/gu)?.length).toBeGreaterThanOrEqual(3);
    expect(ended.code).toBe(130);
    const result = lastOf(ended);
    expect(result).toMatchObject({ result: 'inconclusive', partial: true });
    expect(result.runs[0]).toBeGreaterThan(0);
    expect(repository.worktrees).toHaveLength(1);
    expect(leftOver(repository)).toEqual([]);
  });

  it('removes what a killed gate left behind', async () => {
    using repository = new GitRepository();
    using home = temporaryFolder();
    repository.commit('One', { 'job.mjs': job(400) });
    const args = ['profile', 'gate', '--json', '--baseline', 'HEAD', '--', NODE, 'job.mjs'];
    const cli = new RunningCli(args, { home: home.path, cwd: repository.folder });
    await cli.said('"progress"');
    expect(repository.worktrees).toHaveLength(2);
    cli.kill('SIGKILL');
    await cli.ended;
    expect(leftOver(repository)).toHaveLength(1);
    const next = await gate(
      repository,
      home.path,
      '--baseline',
      'HEAD',
      '-n',
      '3',
      '--max',
      '3',
      '--warm-up',
      '0',
      '--',
      NODE,
      '-v',
    );
    expect(lastOf(next).partial).toBe(false);
    expect(repository.worktrees).toHaveLength(1);
    expect(leftOver(repository)).toEqual([]);
  });
});

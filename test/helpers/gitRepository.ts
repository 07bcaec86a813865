import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real git repository in a folder of its own, removed when the test's scope ends. */
export class GitRepository {
  readonly folder: string;

  constructor(name = 'repository') {
    const parent = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-git-')));
    this.folder = join(parent, name);
    mkdirSync(this.folder);
    this.git('init', '--quiet', '--initial-branch', 'main');
  }

  /** Output of git. Its configuration is that of the test alone. */
  git(...args: readonly string[]): string {
    return execFileSync('git', args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'An Author',
        GIT_AUTHOR_EMAIL: 'author@example.com',
        GIT_COMMITTER_NAME: 'An Author',
        GIT_COMMITTER_EMAIL: 'author@example.com',
        GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
        GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
      },
    });
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Commits files, and gives the hash. */
  commit(subject: string, files: Readonly<Record<string, string>>): string {
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', subject);
    return this.git('rev-parse', 'HEAD').trim();
  }

  get worktrees(): string[] {
    const listed = this.git('worktree', 'list', '--porcelain');
    return listed.split('\n').filter((line) => line.startsWith('worktree '));
  }

  [Symbol.dispose](): void {
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }
}

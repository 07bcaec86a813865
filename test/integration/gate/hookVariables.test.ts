import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/profiler/gate/measure.ts';
import { withoutRepositoryVariables } from '../../../src/profiler/gate/repositoryVariables.ts';
import { setUp } from '../../../src/profiler/gate/setUp.ts';
import { GitRepository } from '../../helpers/gitRepository.ts';

const { signal } = new AbortController();

describe('withoutRepositoryVariables', () => {
  it('drops what git itself says belongs to one repository, and no more', () => {
    const listed = execFileSync('git', ['rev-parse', '--local-env-vars'], { encoding: 'utf8' });
    const names = [...listed.trim().split('\n'), 'GIT_LITERAL_PATHSPECS', 'git_dir'];
    expect(names).toContain('GIT_INDEX_FILE');
    const kept = { PATH: '/bin', GIT_SSH_COMMAND: 'ssh', GIT_AUTHOR_NAME: 'x', EMPTY: undefined };
    const all = { ...Object.fromEntries(names.map((name) => [name, 'x'])), ...kept };
    expect(withoutRepositoryVariables(all)).toEqual(kept);
  });
});

describe('what a gate runs inside of a hook', () => {
  it.each([
    ['a set-up', setUpOf],
    ['a measured command', measureOf],
  ])('changes its own repository: %s', async (_what, run) => {
    using person = new GitRepository('person');
    using worktree = new GitRepository('worktree');
    person.commit('One', { file: '1' });
    worktree.commit('Two', { file: '2' });
    worktree.write('added', 'new');
    const index = join(person.folder, '.git/index');
    const before = readFileSync(index);
    const env = {
      ...process.env,
      GIT_DIR: join(person.folder, '.git'),
      GIT_INDEX_FILE: index,
      GIT_WORK_TREE: person.folder,
      GIT_PREFIX: '',
    };
    await run(worktree.folder, env);
    expect(readFileSync(index).equals(before)).toBe(true);
    expect(worktree.git('diff', '--cached', '--name-only')).toBe('added\n');
  });
});

function setUpOf(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  return setUp('git add --all', folder, env, signal);
}

async function measureOf(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const command = ['git', 'add', '--all'] as const;
  await measure({ command: [...command], env, name: 'add', signal }, folder, 'there');
}

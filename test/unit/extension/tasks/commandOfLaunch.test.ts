import { describe, expect, it } from 'vitest';
import { commandOfLaunch } from '../../../../src/extension/tasks/commandOfLaunch.ts';

const launch = (more: object): object => ({ request: 'launch', name: 'Job', ...more });

describe('commandOfLaunch', () => {
  it.each([
    [{ type: 'node', program: '${file}', args: ['a'] }, ['node', '${file}', 'a']],
    [
      { type: 'pwa-node', runtimeExecutable: 'npm', runtimeArgs: ['run', 'x'] },
      ['npm', 'run', 'x'],
    ],
    [{ type: 'debugpy', program: 'job.py', args: ['--fast'] }, ['python3', 'job.py', '--fast']],
    [
      { type: 'python', module: 'pkg.job', python: ['uv', 'run', 'python'] },
      ['uv', 'run', 'python', '-m', 'pkg.job'],
    ],
    [{ type: 'go', program: '.' }, ['go', 'run', '.']],
    [{ type: 'lldb', program: './build/job' }, ['./build/job']],
  ])('starts %j', (configuration, command) => {
    expect(commandOfLaunch(launch(configuration))).toMatchObject({ name: 'Job', command });
  });

  it('keeps folder and variables, without those that are to be unset', () => {
    const configuration = { type: 'lldb', program: 'x', cwd: '/p', env: { A: '1', B: null } };
    expect(commandOfLaunch(launch(configuration))).toMatchObject({ cwd: '/p', env: { A: '1' } });
  });

  it.each([
    { type: 'node', request: 'attach', name: 'x', port: 9229 },
    launch({ type: 'chrome', url: 'http://localhost' }),
    launch({ type: 'node', program: 'x', args: 'one text' }),
    launch({ type: 'node', program: 42 }),
    'text',
    null,
  ])('leaves %j to its debugger', (configuration) => {
    expect(commandOfLaunch(configuration)).toBeNull();
  });

  it('is not led astray by a type that is a property of every object', () => {
    expect(commandOfLaunch(launch({ type: 'constructor', program: 'x' }))).toMatchObject({
      command: ['x'],
    });
  });
});

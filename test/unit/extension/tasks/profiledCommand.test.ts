import { describe, expect, it } from 'vitest';
import { commandOfTask } from '../../../../src/extension/tasks/profiledCommand.ts';

describe('commandOfTask', () => {
  it.each([
    [
      'a process',
      { process: 'make', args: ['-j', '2'], options: { cwd: '/p', env: { A: '1' } } },
      'linux',
      { command: ['make', '-j', '2'], cwd: '/p', env: { A: '1' } },
    ],
    [
      'a line for the shell of the platform',
      { commandLine: 'npm test && echo "done; $X"' },
      'linux',
      { command: ['/bin/sh', '-c', 'npm test && echo "done; $X"'], env: {} },
    ],
    [
      'a line for a shell of its own',
      { commandLine: 'ls *.c', options: { executable: '/bin/zsh', shellArgs: ['-l', '-c'] } },
      'darwin',
      { command: ['/bin/zsh', '-l', '-c', 'ls *.c'], env: {} },
    ],
    [
      'a command with quoted words',
      { command: { value: 'my tool' }, args: ['a', { value: 'b c' }] },
      'linux',
      { command: ['my tool', 'a', 'b c'], env: {} },
    ],
    [
      'a command on Windows, whose .cmd files need a shell',
      { command: 'npm', args: ['run', 'x'] },
      'win32',
      { command: ['cmd.exe', '/d', '/c', 'npm', 'run', 'x'], env: {} },
    ],
  ])('takes %s', (_what, execution, platform, expected) => {
    expect(commandOfTask('t', execution, platform)).toMatchObject({ name: 't', ...expected });
  });

  it('knows nothing of a task that its extension runs itself', () => {
    expect(commandOfTask('t', {}, 'linux')).toBeNull();
    expect(commandOfTask('t', undefined, 'linux')).toBeNull();
  });
});

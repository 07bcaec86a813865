import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandRequest } from '../../../src/cli/commandRequest.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

describe('commandRequest', () => {
  it('takes the words as they are, and names them after program and script', () => {
    using folder = temporaryHome();
    expect(
      commandRequest(['/usr/bin/python3', '-u', 'job.py', '--fast'], {}, folder.path),
    ).toMatchObject({
      command: ['/usr/bin/python3', '-u', 'job.py', '--fast'],
      name: 'python3 job.py',
      cwd: folder.path,
      setup: null,
      link: [],
    });
    expect(commandRequest(['make'], { name: 'all' }, folder.path).name).toBe('all');
  });

  it('finds a command of the project by its name; options go first', () => {
    using folder = temporaryHome();
    const commands = {
      short: ['make', 'bench'],
      long: {
        command: ['./run'],
        cwd: 'sub',
        setup: 'npm ci',
        link: ['node_modules'],
        env: { A: '1' },
      },
    };
    writeFileSync(join(folder.path, 'earshot.config.json'), JSON.stringify({ commands }));
    expect(commandRequest(['short'], {}, folder.path)).toMatchObject({
      command: ['make', 'bench'],
      name: 'short',
    });
    expect(commandRequest(['long'], { setup: 'true' }, folder.path)).toMatchObject({
      command: ['./run'],
      cwd: join(folder.path, 'sub'),
      setup: 'true',
      link: ['node_modules'],
      env: { A: '1' },
    });
    expect(commandRequest(['long', 'x'], {}, folder.path).command).toEqual(['long', 'x']);
    expect(() => commandRequest([], {}, folder.path)).toThrow(
      expect.objectContaining({ code: 'usage', action: expect.stringContaining('short, long') }),
    );
  });

  it('reads another file where one is named, its folders relative to it', () => {
    using folder = temporaryHome();
    mkdirSync(join(folder.path, 'ci'));
    const commands = { job: { command: ['./run'], cwd: '..' } };
    writeFileSync(join(folder.path, 'ci/gate.json'), JSON.stringify({ commands }));
    const { cwd } = commandRequest(['job'], { config: 'ci/gate.json' }, folder.path);
    expect(cwd).toBe(folder.path);
    expect(() => commandRequest(['job'], { config: 'none.json' }, folder.path)).toThrow(
      expect.objectContaining({ code: 'config.unreadable' }),
    );
  });

  it('does not take inherited properties for names of commands', () => {
    using folder = temporaryHome();
    writeFileSync(join(folder.path, 'earshot.config.json'), '{"commands": {}}');
    expect(commandRequest(['constructor'], {}, folder.path).command).toEqual(['constructor']);
  });
});

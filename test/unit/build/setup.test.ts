import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'earshot-bin-'));
  for (const tool of ['bash', 'env', 'dirname', 'cat', 'id', 'uname', 'cksum']) {
    const path = execFileSync('bash', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
    symlinkSync(path, join(bin, tool));
  }
});
afterEach(() => {
  rmSync(bin, { recursive: true });
});

/** Runs a script with nothing on the search path but the few tools above. */
function run(command: string): { status: number | null; stderr: string } {
  const env = { PATH: bin, CI: '' };
  return spawnSync('bash', ['-c', command], { cwd: root, env, encoding: 'utf8' });
}

// Bash is what these scripts are for.
describe.skipIf(process.platform === 'win32')('on a bare machine', () => {
  it.each(['scripts/try', '. scripts/setup.sh; require_npm'])(
    '%s says how to get Node',
    (command) => {
      const { status, stderr } = run(command);
      expect(status).toBe(69);
      expect(stderr).toContain('apt-get install -y nodejs npm');
      expect(stderr).toContain('nodejs.org');
    },
  );

  it('an old Node without a packaged one is named', () => {
    writeFileSync(
      join(bin, 'node'),
      '#!/usr/bin/env bash\n[ "$1" = --version ] && echo v18.1.0\nexit 1\n',
      {
        mode: 0o755,
      },
    );
    const { status, stderr } = run('. scripts/setup.sh; check_node');
    expect(status).toBe(69);
    expect(stderr).toContain('Node v18.1.0 is too old');
    expect(stderr).toContain('22.14');
  });
});

it('an unknown step of scripts/check is refused', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/check.mts', 'no-such-step'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('no-such-step');
});

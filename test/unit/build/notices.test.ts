import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

it('THIRD-PARTY-NOTICES.md names what is bundled today', { timeout: 60_000 }, () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/thirdPartyNotices.mts', '--check'],
    { cwd: root, encoding: 'utf8' },
  );
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
});

it('the models’ credits reach the user', () => {
  const manifest = readFileSync(join(root, 'models', 'manifest.json'), 'utf8');
  const { models } = JSON.parse(manifest) as { models: { licence: string; credit: string }[] };
  expect(models.filter(({ licence }) => licence === 'CC-BY-4.0').length).toBeGreaterThan(0);
  for (const file of ['NOTICE', 'README.md', 'THIRD-PARTY-NOTICES.md']) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const name of ['pyannoteAI', 'WeSpeaker', 'creativecommons.org/licenses/by/4.0']) {
      expect([file, name, text.includes(name)]).toEqual([file, name, true]);
    }
  }
});

it('the lockfile names no addresses, and every install script was looked at', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  expect(lock).not.toContain('"resolved"');
  const { packages } = JSON.parse(lock) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    allowScripts: Record<string, boolean>;
  };
  const scripted = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(scripted.filter((name) => allowScripts[name] !== false)).toEqual([]);
});

/**
 * Packages earshot-<platform>-<version>.vsix for the platform this runs on: `npm run package`. vsce builds the bundles
 * first (`vscode:prepublish`).
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nativeFiles, vsixName } from './vsix.mts';

const root = join(import.meta.dirname, '..');
const { platform, arch } = process;
const out = join(root, vsixName(platform, arch));

const natives = nativeFiles(platform, arch);
const absent = natives.filter((pattern) => globSync(pattern, { cwd: root }).length === 0);
if (absent.length > 0) {
  console.error(
    `These native parts are not installed for ${platform}-${arch}: ${absent.join(', ')}`,
  );
  process.exit(1);
}

const ignoreFile = join(root, 'dist', 'vscodeignore');
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(
  ignoreFile,
  [readFileSync(join(root, '.vscodeignore'), 'utf8'), ...natives.map((file) => `!${file}`)].join(
    '\n',
  ),
);
for (const old of globSync('earshot-*.vsix', { cwd: root })) rmSync(join(root, old));

const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', '@vscode', 'vsce', 'vsce'),
    'package',
    ...['--target', `${platform}-${arch}`, '--ignoreFile', ignoreFile, '--out', out],
    ...['--allow-missing-repository', '--no-rewrite-relative-links'],
  ],
  { cwd: root, stdio: 'inherit' },
);
if (status !== 0) process.exit(status ?? 1);
console.log(`${out}: ${(statSync(out).size / 1e6).toFixed(1)} MB`);

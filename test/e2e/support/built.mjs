import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const SOURCES = ['src/**/*.ts', 'webview/**/*.{ts,css}', 'esbuild.mjs', 'package.json'];
const BUNDLES = [
  ...['extension', 'features', 'worker', 'inference', 'cli'].map((name) => `dist/${name}.cjs`),
  ...['flame', 'dashboard', 'diff'].map((name) => `dist/webview/${name}.js`),
];
const PACKAGED = [...SOURCES, 'media/**/*', '.vscodeignore', 'models/*'];

/** Builds the bundles where a source is newer. */
export function ensureBuilt() {
  if (isOlder(BUNDLES, SOURCES)) run('esbuild.mjs');
}

/** The VSIX of this platform, packaged anew where something in it is newer. */
export function ensureVsix() {
  const { platform, arch } = process;
  const pattern = `earshot-${platform}-${arch}-*.vsix`;
  if (isOlder([pattern], PACKAGED)) run('scripts/package.mts');
  const [vsix] = globSync(pattern, { cwd: ROOT });
  return path.join(ROOT, vsix);
}

function isOlder(outputs, inputs) {
  const made = outputs.flatMap((pattern) => {
    const times = modified([pattern]);
    return times.length > 0 ? times : [0];
  });
  return Math.min(...made) < Math.max(...modified(inputs));
}

function modified(patterns) {
  return globSync(patterns, { cwd: ROOT }).map((file) => statSync(path.join(ROOT, file)).mtimeMs);
}

function run(script) {
  execFileSync(process.execPath, [path.join(ROOT, script)], {
    cwd: ROOT,
    stdio: process.env.E2E_VERBOSE ? 'inherit' : ['ignore', 'ignore', 'inherit'],
  });
}

import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const DEFAULT_CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
  'vscode-e2e',
);

/** Runs install.sh (a second or two when all is there) and says where things are. */
export function ensureInstalled(cache = process.env.E2E_CACHE ?? DEFAULT_CACHE) {
  const script = path.join(import.meta.dirname, '..', 'install.sh');
  const output = process.env.E2E_VERBOSE ? 'inherit' : 'pipe';
  execFileSync('bash', [script, cache], {
    stdio: ['ignore', output, 'inherit'],
    timeout: 900_000,
  });
  const dir = realpathSync(path.join(cache, 'current'));
  return {
    node: path.join(dir, 'node/bin/node'),
    entry: path.join(dir, 'code-server/node_modules/code-server/out/node/entry.js'),
    chromium: process.env.E2E_CHROMIUM ?? '/usr/bin/chromium',
  };
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Nothing can be downloaded through it: a peer has to do with what its packages hold. */
export const OFFLINE = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  HF_HUB_OFFLINE: '1',
} as const;

/** Where the peers are installed once. */
export function peerCache(): string {
  const set = process.env['EARSHOT_BENCH_CACHE'];
  return set ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'earshot-bench');
}

/**
 * Installs Python packages into an environment of their own, once, and gives its interpreter.
 *
 * @throws where there is no python3 with venv, or the packages cannot be had
 */
export function pythonWith(name: string, packages: readonly string[], python = 'python3'): string {
  const folder = join(peerCache(), name);
  const interpreter = join(folder, 'bin', 'python');
  const mark = join(folder, 'installed.txt');
  if (existsSync(mark)) return interpreter;
  console.error(`Installing ${packages.join(', ')} for Python into ${folder}, once …`);
  mkdirSync(folder, { recursive: true });
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  execFileSync(python, ['-m', 'venv', folder], { stdio: [...stdio] });
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  execFileSync(interpreter, install, { stdio: [...stdio] });
  writeFileSync(mark, `${packages.join('\n')}\n`);
  return interpreter;
}

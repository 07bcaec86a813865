// What users get: the VSIX in a clean profile on a machine without a network.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { ensureInstalled } from './harness/tools.mjs';
import { ensureVsix } from './support/built.mjs';

const SCRIPT = path.join(import.meta.dirname, 'support', 'vsixOffline.mjs');
/** A network namespace of its own has nothing but loopback. */
const ISOLATE = ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

test('the VSIX, installed with no network, ingests a local file', async (t) => {
  ensureInstalled();
  const vsix = ensureVsix();
  const isolated = spawnSync(ISOLATE[0], [...ISOLATE.slice(1), 'true']).status === 0;
  if (!isolated)
    t.diagnostic('no network namespaces here: only the browser’s requests are checked');
  const line = [...(isolated ? ISOLATE : []), process.execPath, SCRIPT, vsix];
  const child = spawn(line[0], line.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  assert.equal(code, 0, output);
  t.diagnostic(output.trim());
});

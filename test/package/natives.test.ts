import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vsixName } from '../../scripts/vsix.mts';

const vsix = join(import.meta.dirname, '..', '..', vsixName(process.platform, process.arch));
let folder: string;
let extension: string;

beforeAll(() => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run \`npm run package\` first`);
  folder = mkdtempSync(join(tmpdir(), 'earshot-vsix-'));
  extension = join(folder, 'extension');
  for (const [name, content] of Object.entries(unzipSync(readFileSync(vsix)))) {
    if (name.endsWith('/')) continue;
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (/(ffmpeg|cli\.cjs)$/.test(name)) chmodSync(file, 0o755);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a script that sees the packages of the unpacked VSIX and nothing of this checkout. */
function run(script: string): string {
  const file = join(extension, 'probe.cjs');
  writeFileSync(file, script);
  return execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }).trim();
}

// An allow-list that forgets one file of a package works in the checkout and fails once installed.
describe('the unpacked VSIX', () => {
  it('opens a database with vectors and full-text search', () => {
    const found = run(`
      const database = new (require('better-sqlite3'))(':memory:');
      require('sqlite-vec').load(database);
      database.exec('create virtual table words using fts5(text)');
      console.log(database.prepare('select vec_version() as version').get().version);
    `);
    expect(found).toMatch(/^v\d/);
  });

  it('runs a model', () => {
    const shape = run(`
      const { InferenceSession, Tensor } = require('onnxruntime-node');
      (async () => {
        const session = await InferenceSession.create('${join(extension, 'models', 'segmentation.onnx')}');
        const silence = new Tensor('float32', new Float32Array(160000), [1, 1, 160000]);
        const { segmentation } = await session.run({ waveforms: silence });
        console.log(segmentation.dims.join());
      })();
    `);
    expect(shape).toBe('1,589,3');
  });

  it('starts its ffmpeg', () => {
    const version = run(`
      const { path } = require('@ffmpeg-installer/ffmpeg');
      console.log(path.startsWith(__dirname));
      console.log(require('child_process').execFileSync(path, ['-version'], { encoding: 'utf8' }));
    `);
    expect(version).toMatch(/^true\nffmpeg version/);
  });

  it('starts its command line', () => {
    const cli = join(extension, 'dist', 'cli.cjs');
    const version = execFileSync(process.execPath, [cli, '--version'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(version).toMatch(/\d+\.\d+\.\d+/);
  });
});

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { ModelManifest } from '../../src/pipeline/models/manifest.ts';
import { vsixName } from '../../scripts/vsix.mts';

const root = join(import.meta.dirname, '..', '..');
/** Whether a text holds a path into this checkout; the folder's bare name may well be a word of the code. */
const namesCheckout = (text: string): boolean =>
  ['src', 'node_modules', 'models', 'media', 'dist', 'test'].some((folder) =>
    text.includes(`${join(root, folder)}/`),
  );
const vsix = join(root, vsixName(process.platform, process.arch));
const here = `${process.platform}-${process.arch}`;

let bytes: Buffer;
let entries: Map<string, UnzipFileInfo>;
let names: string[];

beforeAll(() => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run \`npm run package\` first`);
  bytes = readFileSync(vsix);
  entries = new Map();
  unzipSync(bytes, {
    filter: (file) => {
      entries.set(file.name.replace(/^extension\//, ''), file);
      return false;
    },
  });
  names = [...entries.keys()].filter((name) => !name.endsWith('/'));
});

function contentOf(name: string): string {
  const path = `extension/${name}`;
  const content = unzipSync(bytes, { filter: (file) => file.name === path })[path];
  return Buffer.from(content!).toString();
}

describe('the VSIX', () => {
  it('holds the programs, the natives of this platform, models, sample and licences', () => {
    const manifest = ModelManifest.parse(
      JSON.parse(readFileSync(join(root, 'models', 'manifest.json'), 'utf8')),
    );
    const models = manifest.models
      .filter(({ kind }) => kind === 'bundled')
      .flatMap(({ files }) => files.map(({ path }) => `models/${path}`));
    const required = [
      'package.json',
      ...['extension', 'features', 'worker', 'analysis', 'diff', 'inference', 'cli'].map(
        (name) => `dist/${name}.cjs`,
      ),
      'models/manifest.json',
      'models/NOTICE',
      ...models,
      'media/sample/sample.opus',
      'NOTICE',
      'THIRD-PARTY-NOTICES.md',
      'readme.md',
      'changelog.md',
      'LICENSE.txt',
      `node_modules/better-sqlite3/prebuilds/${here}.node`,
      'node_modules/onnxruntime-common/dist/cjs/package.json',
      'node_modules/sqlite-vec/index.cjs',
      `node_modules/@ffmpeg-installer/${here}/package.json`,
    ];
    expect(required.filter((name) => !names.includes(name))).toEqual([]);
    const natives = names.filter((name) => name.includes(`/${process.platform}/${process.arch}/`));
    expect(natives.length).toBeGreaterThanOrEqual(2);
  });

  it('holds every file that its manifest points to', () => {
    const manifest = contentOf('package.json');
    const paths = manifest.match(/"\.?\/?(dist|media)\/[^"]+"/g) ?? [];
    const pointed = paths.map((path) => path.slice(1, -1).replace(/^\.?\//, ''));
    expect(pointed.length).toBeGreaterThan(0);
    expect(pointed.filter((path) => !names.includes(path))).toEqual([]);
  });

  it('holds no sources, maps, tests, models of others or build scripts', () => {
    const strangers = names.filter(
      (name) =>
        /\.(ts|mts|map|py|sh|tsbuildinfo)$/.test(name) ||
        /^(src|test|scripts|webview|\.ci|\.vscode|dist\/meta|models\/build)\b/.test(name) ||
        /node_modules\/(node-|esbuild|typescript|\.bin)/.test(name),
    );
    expect(strangers).toEqual([]);
  });

  it('holds the native parts of no other platform', () => {
    const natives = names.filter((name) =>
      /\.(node|so|dylib|dll)(\.[\d.]+)?$|\/ffmpeg(\.exe)?$/.test(name),
    );
    const others = natives.filter(
      (name) => !name.includes(here) && !name.includes(`${process.platform}/${process.arch}`),
    );
    expect(others).toEqual([]);
    expect(natives).toHaveLength(process.platform === 'linux' ? 6 : 5);
  });

  it.skipIf(process.platform === 'win32')('keeps ffmpeg and the command line executable', () => {
    const size = bytes.length;
    // The mode is in the upper half of the external attributes of the central directory, which fflate does not tell.
    for (const name of [`node_modules/@ffmpeg-installer/${here}/ffmpeg`, 'dist/cli.cjs']) {
      const at = bytes.lastIndexOf(`extension/${name}`, size);
      const mode = bytes.readUInt32LE(at - 46 + 38) >>> 16;
      expect([name, mode & 0o100]).toEqual([name, 0o100]);
    }
  });

  it('is at most 150 MB', () => {
    expect(statSync(vsix).size).toBeLessThanOrEqual(150e6);
  });

  it('loads its natives from its own folder only', () => {
    expect(namesCheckout(contentOf('dist/worker.cjs'))).toBe(false);
    expect(namesCheckout(contentOf('dist/extension.cjs'))).toBe(false);
    expect(namesCheckout(contentOf('dist/features.cjs'))).toBe(false);
  });

  it('shows nobody’s machine in its texts', () => {
    for (const name of names.filter(
      (file) => /\.(md|json|txt)$/.test(file) && !file.includes('node_modules'),
    )) {
      expect([name, namesCheckout(contentOf(name))]).toEqual([name, false]);
    }
  });
});

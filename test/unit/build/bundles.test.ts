import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

/** What each bundle may hold of our sources, and which packages it may load beside Node's own. */
const BUNDLES = {
  extension: {
    sources: ['src/extension/', 'src/protocol/'],
    packages: ['vscode', './features.cjs'],
  },
  features: {
    sources: ['src/extension/', 'src/protocol/', 'src/profiler/'],
    packages: ['vscode'],
  },
  worker: {
    sources: [
      'src/worker/',
      'src/runs/',
      'src/pipeline/',
      'src/profiler/',
      'src/store/',
      'src/protocol/',
    ],
    packages: ['better-sqlite3', 'sqlite-vec', '@ffmpeg-installer/ffmpeg'],
  },
  inference: {
    sources: ['src/pipeline/', 'src/profiler/', 'src/protocol/'],
    packages: ['onnxruntime-node'],
  },
  cli: {
    sources: [
      'src/cli/',
      'src/runs/',
      'src/pipeline/',
      'src/profiler/',
      'src/store/',
      'src/protocol/',
    ],
    packages: ['better-sqlite3', 'koffi', 'sqlite-vec', '@ffmpeg-installer/ffmpeg'],
  },
} as const;

describe.each(Object.entries(BUNDLES))('dist/%s.cjs', (name, allowed) => {
  let metafile: Metafile;
  beforeAll(() => {
    const file = join(root, 'dist', 'meta', `${name}.json`);
    if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run build\` first`);
    metafile = JSON.parse(readFileSync(file, 'utf8')) as Metafile;
  });

  it('holds sources of its own parts only', () => {
    const sources = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/'));
    const strangers = sources.filter(
      (path) => !allowed.sources.some((prefix) => path.startsWith(prefix)),
    );
    expect(strangers).toEqual([]);
    expect(sources.length).toBeGreaterThan(0);
  });

  it('loads no packages but its own', () => {
    const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith('.cjs'))![1];
    const packages = output.imports
      .filter(({ external }) => external === true)
      .map(({ path }) => path)
      .filter((path) => !isBuiltin(path));
    expect(
      packages.filter((path) => !(allowed.packages as readonly string[]).includes(path)),
    ).toEqual([]);
  });

  it('inlines no native module', () => {
    const natives = Object.keys(metafile.inputs).filter((path) =>
      /node_modules\/(better-sqlite3|koffi|onnxruntime-node|sqlite-vec|@ffmpeg-installer)\//.test(
        path,
      ),
    );
    expect(natives).toEqual([]);
  });
});

it('what every window loads holds no schema, and asks for the rest when it is used', () => {
  const { inputs, outputs } = JSON.parse(
    readFileSync(join(root, 'dist', 'meta', 'extension.json'), 'utf8'),
  ) as Metafile;
  expect(Object.keys(inputs).filter((path) => path.includes('node_modules/'))).toEqual([]);
  const { bytes } = outputs['dist/extension.cjs']!;
  expect(bytes).toBeLessThan(40_000);
});

it('the extension holds none of the pipeline, store, profiler or native code', () => {
  const file = join(root, 'dist', 'meta', 'features.json');
  const { inputs } = JSON.parse(readFileSync(file, 'utf8')) as Metafile;
  const heavy = Object.keys(inputs).filter((path) =>
    /^src\/(pipeline|store|worker|cli)\/|opentelemetry|fluent-ffmpeg/.test(path),
  );
  expect(heavy).toEqual([]);
});

const PURE = [
  'src/protocol/',
  ...['model', 'stats', 'verdict', 'diagnosis', 'ledger', 'diff', 'report', 'export', 'chart'].map(
    (name) => `src/profiler/${name}/`,
  ),
];

describe.each(['flame', 'dashboard', 'diff'])('dist/webview/%s.js', (name) => {
  const { inputs, outputs } = JSON.parse(
    readFileSync(join(root, 'dist', 'meta', `webview-${name}.json`), 'utf8'),
  ) as Metafile;

  it('holds the page, the protocol and pure parts of the profiler, and nothing of Node', () => {
    const ours = Object.keys(inputs).filter((path) => /^(src|webview)\//.test(path));
    const strangers = ours.filter(
      (path) => !PURE.some((folder) => path.startsWith(folder)) && !path.startsWith('webview/'),
    );
    expect(strangers).toEqual([]);
    expect(ours).toContain(`webview/${name}/main.ts`);
    const loaded = Object.values(outputs).flatMap(({ imports }) =>
      imports.filter(({ external, kind }) => external === true && kind !== 'url-token'),
    );
    expect(loaded).toEqual([]);
  });
});

it('the command line can be started', () => {
  const text = readFileSync(join(root, 'dist', 'cli.cjs'), 'utf8');
  expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true);
});

it('spans name their sources, not the bundle', () => {
  const text = readFileSync(join(root, 'dist', 'worker.cjs'), 'utf8');
  expect(text).toMatch(/\bhere\d*\("[^"]+", "src\/pipeline\/[^"]+\.ts", \d+/);
  expect(text).not.toMatch(/\bhere\d*\("[^"]+"\)/);
});

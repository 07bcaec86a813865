/**
 * Builds every bundle into dist/: `npm run build`, or `npm run watch` to build again on each change.
 * Metafiles go to dist/meta for the boundary tests; source maps stay out of the VSIX.
 */
import { build, context } from 'esbuild';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const watch = process.argv.includes('--watch');

/** Native modules and programs: loaded from node_modules, never inlined. */
const NATIVE = [
  'better-sqlite3',
  'onnxruntime-node',
  'sqlite-vec',
  '@ffmpeg-installer/ffmpeg',
  'koffi',
];

// CommonJS has no import.meta; packages that ask for it get the bundle's own place.
const IMPORT_META_URL = `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;`;

/** Programs that run on Node. */
const NODE_BUNDLES = [
  {
    name: 'extension',
    entry: 'src/extension/extension.ts',
    external: ['vscode', ...NATIVE],
    apart: ['features'],
  },
  // What the extension loads on first use.
  { name: 'features', entry: 'src/extension/features.ts', external: ['vscode', ...NATIVE] },
  { name: 'worker', entry: 'src/worker/main.ts', external: NATIVE },
  // The thread of the worker in which large runs are looked through.
  { name: 'analysis', entry: 'src/worker/charts/analysisThread.ts', external: NATIVE },
  // The thread of the worker in which large runs are aligned.
  { name: 'diff', entry: 'src/worker/diffs/diffThread.ts', external: NATIVE },
  { name: 'inference', entry: 'src/pipeline/inference/main.ts', external: NATIVE },
  { name: 'cli', entry: 'src/cli/main.ts', external: NATIVE, shebang: true },
];

/** Pages of the panels, each a script with its style sheet in dist/webview. */
const PAGES = ['flame', 'dashboard', 'diff'];

const hereTransform = await loadHereTransform();
mkdirSync(`${root}dist/meta`, { recursive: true });
if (watch) {
  for (const each of everything()) await (await context(each)).watch();
  console.log('watching for changes');
} else {
  for (const bundle of NODE_BUNDLES) {
    for (const file of outputs(bundle.name)) rmSync(root + file, { force: true });
  }
  rmSync(`${root}dist/webview`, { recursive: true, force: true });
  const builds = await Promise.allSettled(everything().map((each) => build(each)));
  // esbuild has printed the errors already.
  if (builds.some(({ status }) => status === 'rejected')) process.exitCode = 1;
}

/** @param {(typeof NODE_BUNDLES)[number]} bundle */
function options({ name, entry, external, shebang, apart = [] }) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: `dist/${name}.cjs`,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.14',
    external,
    sourcemap: 'linked',
    // Source maps are not in the VSIX, so a stack trace there must read well by itself.
    minify: false,
    keepNames: true,
    metafile: true,
    banner: { js: (shebang ? '#!/usr/bin/env node\n' : '') + IMPORT_META_URL },
    define: {
      'import.meta.url': 'importMetaUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    // What is imported late is required late: VS Code gives its own module to those alone who `require` it.
    ...(apart.length > 0 && { supported: { 'dynamic-import': false } }),
    logLevel: 'warning',
    plugins: [oneLanguage(), sourcePlaces(), bundlesApart(apart), report(name, shebang === true)],
  };
}

/** @returns the options of every bundle, of Node's and of the pages. */
function everything() {
  return [...NODE_BUNDLES.map(options), ...PAGES.map(pageOptions)];
}

/** @param {string} name */
function pageOptions(name) {
  return {
    absWorkingDir: root,
    entryPoints: [`webview/${name}/main.ts`],
    outfile: `dist/webview/${name}.js`,
    bundle: true,
    platform: 'browser',
    // Pages load it as a module, which may wait at its top level.
    format: 'esm',
    // Electron of the oldest VS Code that is supported.
    target: 'chrome134',
    sourcemap: 'linked',
    minify: true,
    metafile: true,
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'warning',
    plugins: [oneLanguage(), report(`webview/${name}`, false, 'js')],
  };
}

/** zod brings its messages in fifty languages, and would load all of them with every program and page. */
function oneLanguage() {
  return {
    name: 'one-language',
    setup(build) {
      build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.c?js$/ }, () => ({
        contents: `export { default as en } from './en.js';`,
        loader: 'js',
      }));
    },
  };
}

/** Lets `here()` know its file and line: the bundle's own would name dist/ instead of the source. */
function sourcePlaces() {
  return {
    name: 'source-places',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const place = relative(root, path).split(sep).join('/');
        if (!place.startsWith('src/')) return undefined;
        return { contents: hereTransform(readFileSync(path, 'utf8'), place), loader: 'ts' };
      });
    },
  };
}

/** Loads `import('./NAME.ts')` from the bundle of that name, so that it costs nothing before: not even its reading. */
function bundlesApart(names) {
  return {
    name: 'bundles-apart',
    setup(build) {
      for (const name of names) {
        build.onResolve({ filter: new RegExp(`/${name}\\.ts$`) }, ({ kind }) =>
          kind === 'dynamic-import' ? { path: `./${name}.cjs`, external: true } : undefined,
        );
      }
    },
  };
}

function report(name, executable, extension = 'cjs') {
  return {
    name: 'report',
    setup(build) {
      build.onEnd(({ metafile, errors }) => {
        if (metafile === undefined || errors.length > 0) return;
        const file = `${root}dist/${name}.${extension}`;
        const meta = name.replace('/', '-');
        writeFileSync(`${root}dist/meta/${meta}.json`, JSON.stringify(metafile));
        if (executable) chmodSync(file, 0o755);
        const kilobytes = (statSync(file).size / 1024).toFixed(0).padStart(6);
        console.log(`built ${kilobytes} kB  dist/${name}.${extension}`);
      });
    },
  };
}

function outputs(name) {
  return [`dist/${name}.cjs`, `dist/${name}.cjs.map`, `dist/meta/${name}.json`];
}

async function loadHereTransform() {
  const file = 'src/profiler/recorder/hereTransform.ts';
  // Built in memory first, so that a Node without type stripping can build too.
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const module = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  return module.hereTransform;
}

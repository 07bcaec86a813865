/**
 * Imports a file with speedscope's own importer, out of the bundle of its npm package, and prints what it took as a line
 * of JSON. The bundle is a page: its importer is reached by a line that is added where it declares it, and what the page
 * does afterwards fails for want of a browser, when everything that the importer needs is there.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

interface SpeedscopeImporter {
  importProfilesFromArrayBuffer(
    name: string,
    bytes: ArrayBuffer,
  ): Promise<{ profiles: { getTotalNonIdleWeight(): number }[] }>;
}

function loadImporter(): SpeedscopeImporter {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('speedscope/package.json')), 'dist/release');
  const file = readdirSync(folder).find((name) => /^speedscope-.*\.js$/u.test(name)) ?? '';
  const code = readFileSync(join(folder, file), 'utf8');
  const [, exports = ''] = /\(([\w$]+),\{[^}]*importProfilesFromArrayBuffer:/u.exec(code) ?? [];
  const name = exports.replace(/\$/gu, '\\$&');
  const [, begin = ''] = new RegExp(`\\(([\\w$]+)\\(\\),${name}\\)`, 'u').exec(code) ?? [];
  if (exports === '' || begin === '') throw new Error('This speedscope is built in another way.');
  const declaration = `var ${exports}={};`;
  const reachable = code.replace(
    declaration,
    () => `globalThis.speedscopeImporter=()=>(${begin}(),${exports});${declaration}`,
  );
  const nothing = (): undefined => undefined;
  const scope = globalThis as unknown as Record<string, unknown>;
  scope['window'] = scope['self'] = scope;
  scope['addEventListener'] = nothing;
  scope['location'] = { hash: '', href: 'file:///', protocol: 'file:' };
  console.log = nothing;
  try {
    runInThisContext(reachable, { filename: file });
  } catch {
    // The page; see above.
  }
  return (scope['speedscopeImporter'] as () => SpeedscopeImporter)();
}

const [path = ''] = process.argv.slice(2);
const say = console.log;
const importer = loadImporter();
const started = performance.now();
const bytes = readFileSync(path);
const group = await importer.importProfilesFromArrayBuffer(
  path,
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
);
const seconds = (performance.now() - started) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
say(
  JSON.stringify({
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakBytes: maxRSS * 1024,
    profiles: group.profiles.length,
    weights: group.profiles.map((profile) => profile.getTotalNonIdleWeight()),
  }),
);

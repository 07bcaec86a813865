import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../../..');

/** A package folder with the command line in it, and a played pipeline behind that. */
export interface BundledCli {
  readonly folder: string;
  readonly script: string;
}

/** Bundles the command line as the build does, so that its start and its signals can be tested as a process. */
export async function bundleCli(): Promise<BundledCli> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-cli-'));
  writeFileSync(join(folder, 'package.json'), '{"name":"earshot","version":"9.8.7"}');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const script = join(folder, 'dist', 'cli.cjs');
  await build({
    entryPoints: [join(ROOT, 'src/cli/main.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.14',
    plugins: [
      {
        name: 'played-pipeline',
        setup: (plugins) => {
          plugins.onResolve({ filter: /\/createEarshot\.ts$/ }, () => ({
            path: join(import.meta.dirname, 'fakeCreateEarshot.ts'),
          }));
        },
      },
    ],
  });
  return { folder, script };
}

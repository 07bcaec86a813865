import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** A file of the speech fixtures. */
export function speechFile(name: string): string {
  return join(ROOT, 'test/fixtures/speech', name);
}

/** A file beside the benchmarks. */
export function benchFile(name: string): string {
  return join(ROOT, 'test/bench', name);
}

/** The built command line. @throws when it is not built */
export function builtCli(): string {
  for (const name of ['cli.cjs', 'inference.cjs']) {
    if (!existsSync(join(ROOT, 'dist', name))) {
      throw new Error(
        `dist/${name} is missing. This benchmark runs the built program: npm run build`,
      );
    }
  }
  return join(ROOT, 'dist/cli.cjs');
}

/** The ffmpeg that comes with the package. */
export function bundledFfmpeg(): string {
  const require = createRequire(import.meta.url);
  return (require('@ffmpeg-installer/ffmpeg') as { path: string }).path;
}

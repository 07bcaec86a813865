import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of Earshot's package, with its version. */
export interface PackageRoot {
  readonly folder: string;
  readonly version: string;
}

/** Finds the package that a file of ours belongs to. */
export function packageRoot(fromFolder: string): PackageRoot {
  for (let folder = fromFolder; ; folder = dirname(folder)) {
    const manifest = readManifest(join(folder, 'package.json'));
    if (manifest?.name === 'earshot') return { folder, version: manifest.version ?? '0.0.0' };
    if (dirname(folder) === folder) return { folder: fromFolder, version: '0.0.0' };
  }
}

function readManifest(file: string): { name?: string; version?: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
  } catch {
    return null;
  }
}

import { cpSync, linkSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE } from './places.ts';

/**
 * A package folder of its own, so that a test can break parts of it: the programs are copied, the models linked file by
 * file.
 */
export function copyPackage(folder: string): string {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  cpSync(join(PACKAGE, 'package.json'), join(folder, 'package.json'));
  for (const name of ['cli.cjs', 'inference.cjs']) {
    cpSync(join(PACKAGE, 'dist', name), join(folder, 'dist', name));
  }
  symlinkSync(join(PACKAGE, 'node_modules'), join(folder, 'node_modules'));
  linkFiles(join(PACKAGE, 'models'), join(folder, 'models'));
  return folder;
}

function linkFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    if (statSync(source).isDirectory()) linkFiles(source, join(to, name));
    else link(source, join(to, name));
  }
}

/** A second name for the file where both lie on one disk, else a copy. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    cpSync(from, to);
  }
}

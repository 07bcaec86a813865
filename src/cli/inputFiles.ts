import { glob, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EarshotError } from '../pipeline/earshotError.ts';
import { STANDARD_INPUT } from '../profiler/importers/openSource.ts';
import { isSourceFile } from './sourceFiles.ts';

/**
 * The files that a person means: names as they are, quoted globs (`'traces/*.json'`) and folders (the files in them, but
 * for hidden ones and those of a project's sources), in the order of their names. `-` is standard input.
 *
 * @throws EarshotError `file.not-found` where a glob or folder holds none.
 */
export async function inputFiles(given: readonly string[], cwd: string): Promise<string[]> {
  const files: string[] = [];
  for (const name of given) {
    if (name === STANDARD_INPUT) {
      files.push(name);
      continue;
    }
    const path = resolve(cwd, name);
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory() === true) files.push(...nonEmpty(name, await filesIn(path)));
    else if (found === null && /[*?[{]/u.test(name))
      files.push(...nonEmpty(name, await matching(name, cwd)));
    else files.push(path);
  }
  return [...new Set(files)];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith('.') && !isSourceFile(name))
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name))
    .sort();
}

async function matching(pattern: string, cwd: string): Promise<string[]> {
  const files: string[] = [];
  for await (const name of glob(pattern, { cwd })) {
    const path = resolve(cwd, name);
    if ((await stat(path)).isFile()) files.push(path);
  }
  return files.sort();
}

function nonEmpty(name: string, files: string[]): string[] {
  if (files.length > 0) return files;
  throw new EarshotError(
    'file.not-found',
    `There are no files in ${name}.`,
    'Check the name; sources of a folder are read only where each is named.',
  );
}

import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where a program was found: the person's setting, PATH, inside the package, or installed by us. */
export type ToolOrigin = 'setting' | 'path' | 'bundled' | 'managed';

/** A program that has been run once to learn its version. */
export type FoundTool = {
  /** The executable to spawn. */
  readonly path: string;
  /** Arguments that come before all others, such as the script an interpreter runs. */
  readonly prefixArguments: readonly string[];
  /** Variables to add to the environment of the program. */
  readonly environment: Readonly<Record<string, string>>;
  readonly version: string;
  readonly origin: ToolOrigin;
};

/** What of the process decides a search; replaced in tests. */
export type SearchEnvironment = {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
};

/** The real surroundings of this process. */
export function currentSearchEnvironment(): SearchEnvironment {
  return { variables: process.env, platform: process.platform };
}

/**
 * The file names a command may have in one folder: its own, and on Windows one for each PATHEXT.
 */
export function executableNames(command: string, environment: SearchEnvironment): string[] {
  if (environment.platform !== 'win32') return [command];
  const extensions = (variable(environment, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD')
    .split(';')
    .filter((extension) => extension !== '')
    // All others (batch files, scripts) cannot be started without a shell, which is never used.
    .filter((extension) => /^\.(com|exe)$/i.test(extension));
  if (extensions.some((extension) => command.toLowerCase().endsWith(extension.toLowerCase()))) {
    return [command];
  }
  return extensions.map((extension) => command + extension.toLowerCase());
}

/**
 * All executables of that name on PATH, first one first; relative PATH entries are left out, so that
 * a program in the working folder is never run by accident.
 */
export async function searchPath(
  command: string,
  environment: SearchEnvironment = currentSearchEnvironment(),
): Promise<string[]> {
  const paths = environment.platform === 'win32' ? path.win32 : path.posix;
  const folders = (variable(environment, 'PATH') ?? '')
    .split(paths.delimiter)
    .filter((folder) => paths.isAbsolute(folder));
  const candidates = folders.flatMap((folder) =>
    executableNames(command, environment).map((name) => paths.join(folder, name)),
  );
  const found = await Promise.all(candidates.map(isExecutable));
  return [...new Set(candidates.filter((_, index) => found[index]))];
}

/** Whether the path names a regular file that this process may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function variable(environment: SearchEnvironment, name: string): string | undefined {
  if (environment.platform !== 'win32') return environment.variables[name];
  const key = Object.keys(environment.variables).find((each) => each.toUpperCase() === name);
  return key === undefined ? undefined : environment.variables[key];
}

import { join } from 'node:path';

/** The command line that travels with the extension, as a program to start. */
export interface CliProgram {
  /** The editor's own runtime; in desktop VS Code that is Electron, which `env` makes act as Node. */
  readonly program: string;
  /** Arguments that come before those of the command line. */
  readonly before: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** @param home folder of the library, or undefined for the platform's. */
export function cliProgram(extensionPath: string, home: string | undefined): CliProgram {
  return {
    program: process.execPath,
    before: [
      join(extensionPath, 'dist', 'cli.cjs'),
      ...(home === undefined ? [] : ['--home', home]),
    ],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  };
}

/** A command that is to be profiled. */
export interface ProfiledCommand {
  /** Of the run and its history. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

/** The parts of VS Code's executions of tasks that tell what a task runs. */
export interface TaskExecutionParts {
  readonly process?: string;
  readonly args?: readonly (string | { readonly value: string })[];
  readonly commandLine?: string | undefined;
  readonly command?: string | { readonly value: string } | undefined;
  readonly options?: {
    readonly cwd?: string | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
    readonly executable?: string | undefined;
    readonly shellArgs?: readonly string[] | undefined;
  };
}

/**
 * What a task runs, as a program with arguments: a shell task's line goes to the shell that it names, or to the
 * platform's. Null for a task whose program only its own extension knows.
 */
export function commandOfTask(
  name: string,
  execution: TaskExecutionParts | undefined,
  platform: string,
): ProfiledCommand | null {
  if (execution === undefined) return null;
  const { options = {} } = execution;
  const { cwd, env = {} } = options;
  const args = (execution.args ?? []).map(textOf);
  if (execution.process !== undefined) {
    return { name, command: [execution.process, ...args], cwd, env };
  }
  if (execution.commandLine !== undefined) {
    const shell = shellOf(options.executable, options.shellArgs, platform);
    return { name, command: [...shell, execution.commandLine], cwd, env };
  }
  if (execution.command === undefined) return null;
  const words: [string, ...string[]] = [textOf(execution.command), ...args];
  // Windows starts .cmd files such as npm only by a shell.
  if (platform === 'win32') return { name, command: ['cmd.exe', '/d', '/c', ...words], cwd, env };
  return { name, command: words, cwd, env };
}

function textOf(word: string | { readonly value: string }): string {
  return typeof word === 'string' ? word : word.value;
}

function shellOf(
  executable: string | undefined,
  shellArgs: readonly string[] | undefined,
  platform: string,
): [string, ...string[]] {
  if (executable !== undefined) return [executable, ...(shellArgs ?? ['-c'])];
  return platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c'] : ['/bin/sh', '-c'];
}

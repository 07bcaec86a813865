import { z } from 'zod';
import type { ProfiledCommand } from './profiledCommand.ts';

/** What is read of an entry of launch.json; debuggers define many more keys. */
const LaunchConfiguration = z.looseObject({
  type: z.string(),
  request: z.string(),
  name: z.string(),
  program: z.string().optional(),
  module: z.string().optional(),
  args: z.union([z.array(z.string()), z.string()]).optional(),
  runtimeExecutable: z.string().nullish(),
  runtimeArgs: z.array(z.string()).optional(),
  python: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.union([z.string(), z.null()])).optional(),
});
type LaunchConfiguration = z.infer<typeof LaunchConfiguration>;

type Words = readonly string[];

/** How each kind of debugger starts its program; those that are not here start `program` itself. */
const STARTERS: Readonly<Record<string, (launch: LaunchConfiguration) => Words | null>> = {
  node: nodeWords,
  'pwa-node': nodeWords,
  python: pythonWords,
  debugpy: pythonWords,
  go: (launch) => (launch.program === undefined ? null : ['go', 'run', launch.program]),
};

/**
 * The command that a launch configuration stands for, without its debugger. Null where it attaches to something, or where
 * only its debugger knows what it starts. VS Code's variables in it stay as they are, for the task to resolve.
 */
export function commandOfLaunch(configuration: unknown): ProfiledCommand | null {
  const parsed = LaunchConfiguration.safeParse(configuration);
  if (!parsed.success || parsed.data.request !== 'launch') return null;
  const launch = parsed.data;
  const starter = Object.hasOwn(STARTERS, launch.type) ? STARTERS[launch.type] : undefined;
  const own = launch.program === undefined ? null : [launch.program];
  const words = starter === undefined ? own : starter(launch);
  // One text of arguments is meant for a shell, whose rules are not known here.
  if (words === null || typeof launch.args === 'string') return null;
  const [program, ...rest] = [...words, ...(launch.args ?? [])];
  if (program === undefined) return null;
  const env = Object.entries(launch.env ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return {
    name: launch.name,
    command: [program, ...rest],
    cwd: launch.cwd,
    env: Object.fromEntries(env),
  };
}

function nodeWords({
  program,
  runtimeExecutable,
  runtimeArgs = [],
}: LaunchConfiguration): Words | null {
  const runtime = runtimeExecutable ?? 'node';
  if (program === undefined && runtimeArgs.length === 0) return null;
  return [runtime, ...runtimeArgs, ...(program === undefined ? [] : [program])];
}

function pythonWords({ program, module, python = 'python3' }: LaunchConfiguration): Words | null {
  const interpreter = typeof python === 'string' ? [python] : python;
  if (module !== undefined) return [...interpreter, '-m', module];
  return program === undefined ? null : [...interpreter, program];
}

import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { EarshotConfig } from '../pipeline/config/configSchema.ts';
import { loadConfig } from '../pipeline/config/loadConfig.ts';
import { parseConfig } from '../pipeline/config/parseConfig.ts';
import { EarshotError } from '../pipeline/earshotError.ts';
import { TARGET_NAMES } from '../profiler/report/targets.ts';

/** Options of every command that runs a command at several commits. */
export interface CommandFlags {
  readonly name?: string;
  readonly setup?: string;
  readonly link?: readonly string[];
  readonly config?: string;
  readonly stage?: readonly string[];
}

/** A command that is run at several commits. */
export interface CommandRequest {
  readonly command: readonly [string, ...string[]];
  /** Of the gate or series: the configured name, or the program and its script. */
  readonly name: string;
  /** Where a person would run it. */
  readonly cwd: string;
  readonly setup: string | null;
  readonly link: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly config: EarshotConfig;
}

/**
 * The command that a person means: the words themselves, or the one word by which the project names it.
 *
 * @throws EarshotError `config.*`, `usage`
 */
export function commandRequest(
  words: readonly string[],
  flags: CommandFlags,
  folder: string,
): CommandRequest {
  const { config, place } = configOf(flags.config, folder);
  const [first = '', ...rest] = words;
  const commands = config.commands ?? {};
  const named = words.length === 1 && Object.hasOwn(commands, first) ? commands[first] : undefined;
  const given = Array.isArray(named) ? { command: named } : named;
  const [program = '', ...args] = given?.command ?? [first, ...rest];
  if (program === '') {
    const known = Object.keys(commands);
    const names = known.length === 0 ? '' : ` Or name one of: ${known.join(', ')}.`;
    throw new EarshotError(
      'usage',
      'There is no command to run.',
      `Write it behind two dashes: -- python3 job.py.${names}`,
    );
  }
  const setup = flags.setup ?? given?.setup ?? null;
  return {
    command: [program, ...args],
    name: flags.name ?? (given === undefined ? nameOf(program, args) : first),
    cwd: given?.cwd === undefined ? folder : resolve(place, given.cwd),
    setup,
    link: flags.link ?? given?.link ?? [],
    env: given?.env ?? {},
    config,
  };
}

function configOf(
  file: string | undefined,
  folder: string,
): { readonly config: EarshotConfig; readonly place: string } {
  if (file === undefined) {
    return { config: loadConfig(folder, TARGET_NAMES)?.config ?? {}, place: folder };
  }
  const path = resolve(folder, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const action = 'Name a file that can be read.';
    throw new EarshotError('config.unreadable', `${path} cannot be read.`, action, { cause });
  }
  return { config: parseConfig(text, path, TARGET_NAMES), place: dirname(path) };
}

/** `python3 job.py` for `python3 -u job.py --fast`. */
function nameOf(program: string, args: readonly string[]): string {
  const script = args.find((arg) => !arg.startsWith('-'));
  const withScript = script !== undefined && /\.\w{1,5}$/u.test(script);
  return withScript ? `${basename(program)} ${basename(script)}` : basename(program);
}

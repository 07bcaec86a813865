import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { textPosition } from '../../pipeline/config/jsonPosition.ts';
import { CONFIG_FILE_NAME, loadConfig } from '../../pipeline/config/loadConfig.ts';
import { parseJson } from '../../pipeline/config/parseJson.ts';
import { EarshotError } from '../../pipeline/earshotError.ts';
import { commandText } from '../../profiler/launcher/commandText.ts';
import { TARGET_NAMES } from '../../profiler/report/targets.ts';

/** A command that a project names, and where. */
interface ProjectCommand {
  readonly name: string;
  /** As it would be typed; what looks like a secret is masked. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Program and arguments. */
  readonly words: string[];
  /** Absolute path of the folder to run in where the command names one. */
  readonly cwd: string | null;
  readonly env: Record<string, string>;
}

/** What the `earshot.config.json` of a folder offers to run; of one that is not right, why. */
export function projectOf(folder: string): {
  config: string | null;
  problem: string | null;
  commands: ProjectCommand[];
} {
  try {
    const loaded = loadConfig(folder, TARGET_NAMES);
    if (loaded === null) return { config: null, problem: null, commands: [] };
    const text = readFileSync(loaded.file, 'utf8');
    const { offsetOf } = parseJson(text);
    const commands = Object.entries(loaded.config.commands ?? {}).map(([name, given]) => {
      const { command, cwd, env = {} } = Array.isArray(given) ? { command: given } : given;
      return {
        name,
        text: commandText(command),
        line: textPosition(text, offsetOf(['commands', name])).line,
        words: command,
        cwd: cwd === undefined ? null : resolve(folder, cwd),
        env,
      };
    });
    return { config: loaded.file, problem: null, commands };
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    const problem = `${error.message} ${error.action}`.trim();
    return { config: join(folder, CONFIG_FILE_NAME), problem, commands: [] };
  }
}

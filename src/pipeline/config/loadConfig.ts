import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EarshotError } from '../earshotError.ts';
import type { EarshotConfig } from './configSchema.ts';
import { parseConfig } from './parseConfig.ts';

export const CONFIG_FILE_NAME = 'earshot.config.json';

/** A configuration file that was found. */
export interface LoadedConfig {
  readonly file: string;
  readonly config: EarshotConfig;
}

/**
 * Reads the `earshot.config.json` of a folder; null where there is none.
 *
 * @param targetNames known targets; a limit for another one is an error.
 * @throws EarshotError `config.invalid`, naming file, line, column and key.
 */
export function loadConfig(folder: string, targetNames?: readonly string[]): LoadedConfig | null {
  const file = join(folder, CONFIG_FILE_NAME);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new EarshotError(
      'config.unreadable',
      `${file} cannot be read (${code}).`,
      'Make the file readable, or remove it.',
      { cause: error },
    );
  }
  return { file, config: parseConfig(text, file, targetNames) };
}

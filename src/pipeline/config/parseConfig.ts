import type { z } from 'zod';
import { EarshotError } from '../earshotError.ts';
import { EarshotConfig, LogPattern } from './configSchema.ts';
import { GateConfig } from './gateSchema.ts';
import { textPosition } from './jsonPosition.ts';
import { nearestName } from './nearestName.ts';
import { isStageTarget } from './stageTarget.ts';
import { JsonSyntaxError, type ParsedJson, parseJson } from './parseJson.ts';

/**
 * Checks the text of a configuration file.
 *
 * @throws EarshotError `config.invalid` for the first offence in the file.
 */
export function parseConfig(
  text: string,
  file: string,
  targetNames?: readonly string[],
): EarshotConfig {
  const reject = (offset: number, problem: string, action: string): never => {
    const { line, column } = textPosition(text, offset);
    throw new EarshotError('config.invalid', `${file}:${line}:${column}: ${problem}`, action);
  };
  const json = readJson(text, reject);
  const checked = EarshotConfig.safeParse(json.value);
  if (!checked.success) {
    const [first] = checked.error.issues
      .flatMap((issue) => offencesOf(issue, json))
      .sort((one, other) => one.offset - other.offset);
    if (first !== undefined) return reject(first.offset, first.problem, first.action);
    throw checked.error;
  }
  for (const name of Object.keys(checked.data.targets ?? {})) {
    if (targetNames === undefined || targetNames.includes(name) || isStageTarget(name)) continue;
    const problem = `There is no target "${name}".`;
    reject(json.offsetOf(['targets', name]), problem, suggestion(name, targetNames));
  }
  return checked.data;
}

/** What to do about a name that is not known. */
export function suggestion(name: string, names: readonly string[]): string {
  const meant = nearestName(name, names);
  return meant === null ? `Use one of: ${names.join(', ')}.` : `Did you mean "${meant}"?`;
}

type Reject = (offset: number, problem: string, action: string) => never;

function readJson(text: string, reject: Reject): ParsedJson {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return reject(error.offset, `Not JSON: ${error.message}.`, 'Correct the file there.');
  }
}

interface Offence {
  readonly offset: number;
  readonly problem: string;
  readonly action: string;
}

function offencesOf(issue: z.core.$ZodIssue, json: ParsedJson): Offence[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => ({
      offset: json.offsetOf([...issue.path, key]),
      problem: `${keyName([...issue.path, key])} is not a known key.`,
      action: suggestion(key, known),
    }));
  }
  if (issue.path[0] === 'targets' && issue.path.length > 1) {
    const key = issue.path.slice(0, 2);
    const problem = `${keyName(key)} has to be a number of at least 0, or {"limit": number}.`;
    return [{ offset: json.offsetOf(issue.path), problem, action: 'Correct the value there.' }];
  }
  const what = issue.path.length === 0 ? 'The file' : keyName(issue.path);
  return [
    {
      offset: json.offsetOf(issue.path),
      problem: `${what}: ${issue.message}.`,
      action: 'Correct the value there.',
    },
  ];
}

/** Keys of the objects of the file that have fixed ones. */
function knownKeys([first]: readonly PropertyKey[]): string[] {
  if (first === undefined) return Object.keys(EarshotConfig.shape);
  if (first === 'logPatterns') return Object.keys(LogPattern.shape);
  return first === 'gate' ? Object.keys(GateConfig.shape) : ['limit'];
}

function keyName(path: readonly PropertyKey[]): string {
  const name = path.map((part, index) =>
    typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
  );
  return `"${name.join('')}"`;
}

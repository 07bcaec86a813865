import { REPLICATES } from '../../model/attributeNames.ts';
import type { Attributes } from '../../model/attributes.ts';
import { ProfilerError } from '../../model/profilerError.ts';
import { ExecutionHistory, type Metric } from '../history/executionHistory.ts';
import {
  type JsonRecord,
  numberOf,
  numbersOf,
  readRecords,
  recordOf,
  textOf,
} from '../history/readRecords.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';

/** What `hyperfine --export-json` writes: each execution of a command is a process of its own. */
export const hyperfineImporter: Importer = {
  format: 'hyperfine',
  title: 'hyperfine results',
  detect,
  read,
};

function detect({ text }: InputHead): number {
  if (!/^\s*\{\s*"results"\s*:\s*\[/u.test(text)) return 0;
  if (!/"command"\s*:/u.test(text)) return /"results"\s*:\s*\[\s*\]/u.test(text) ? 0.3 : 0;
  return /"(?:times|mean|stddev|exit_codes)"\s*:/u.test(text) ? 0.95 : 0.4;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const run = target.begin({ epochNs: null, client: 'hyperfine' });
  const history = new ExecutionHistory(run);
  const reject = (offset: number | null, reason: string): void => run.reject(offset, reason);
  const commands = new Map<string, number>();
  await readRecords(
    source,
    target.signal,
    'results',
    {},
    (result, offset) => {
      const command = textOf(result['command']);
      if (command === '') {
        reject(offset, 'the result has no command');
        return;
      }
      const number = (commands.get(command) ?? 0) + 1;
      commands.set(command, number);
      // The same command may be measured with several parameters.
      const benchmark = number === 1 ? command : `${command} (${number})`;
      const bad = addResult(history, result, command, benchmark);
      if (bad > 0) reject(offset, `${bad} times of ${command.slice(0, 100)} are none`);
    },
    reject,
  );
  if (history.count === 0) {
    throw new ProfilerError('import.unreadable', `${source.name} holds no execution.`);
  }
}

/** Adds the executions of a command; gives how many times could not be. */
function addResult(
  history: ExecutionHistory,
  result: JsonRecord,
  command: string,
  benchmark: string,
): number {
  const exitCodes: unknown[] = Array.isArray(result['exit_codes']) ? result['exit_codes'] : [];
  const memory = numbersOf(result['memory_usage_byte']);
  const shared: Record<string, Attributes[string]> = {
    'hyperfine.user_seconds_mean': finite(result['user']),
    'hyperfine.system_seconds_mean': finite(result['system']),
  };
  for (const [name, value] of Object.entries(recordOf(result['parameters']) ?? {})) {
    shared[`hyperfine.parameter.${name}`] = textOf(value) || String(value);
  }
  let bad = 0;
  numbersOf(result['times']).forEach((seconds, i) => {
    const exitCode = exitCodes[i];
    const metrics: Metric[] = [];
    const bytes = memory[i];
    if (bytes !== undefined) {
      metrics.push({ name: 'memory', unit: 'By', value: bytes, higherIsBetter: false });
    }
    const added = history.add({
      benchmark,
      name: command,
      seconds,
      // Null: ended by a signal.
      failed: exitCode !== undefined && exitCode !== 0,
      replicate: REPLICATES.independent,
      attributes: {
        ...shared,
        'process.exit.code': typeof exitCode === 'number' ? exitCode : undefined,
      },
      metrics,
    });
    if (!added) bad += 1;
  });
  return bad;
}

function finite(value: unknown): number | undefined {
  const number = numberOf(value);
  return Number.isFinite(number) ? number : undefined;
}

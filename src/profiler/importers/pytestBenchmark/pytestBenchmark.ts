import { ATTRIBUTE, REPLICATES } from '../../model/attributeNames.ts';
import type { RunEnvironment } from '../../model/environment.ts';
import { ProfilerError } from '../../model/profilerError.ts';
import { ExecutionHistory } from '../history/executionHistory.ts';
import {
  type JsonRecord,
  numberOf,
  numbersOf,
  readRecords,
  recordOf,
  textOf,
} from '../history/readRecords.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { LateRejections } from '../stacks/lateRejections.ts';

/**
 * What `pytest --benchmark-json` writes. All rounds ran in one process, so they are no independent replicates. A span is
 * as long as one iteration of its round.
 */
export const pytestBenchmarkImporter: Importer = {
  format: 'pytest-benchmark',
  title: 'pytest-benchmark results',
  detect,
  read,
};

function detect({ text }: InputHead): number {
  if (!/^\s*\{/u.test(text)) return 0;
  const benchmarks = /"benchmarks"\s*:\s*\[/u.test(text);
  if (/^\s*\{\s*"machine_info"\s*:/u.test(text)) return benchmarks ? 0.95 : 0.8;
  return benchmarks && /"(?:machine_info|fullname)"\s*:/u.test(text) ? 0.9 : 0;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const rejections = new LateRejections();
  const benchmarks: [JsonRecord, number][] = [];
  let environment: Partial<RunEnvironment> = {};
  let epochNs: bigint | null = null;
  let version = '';
  await readRecords(
    source,
    target.signal,
    'benchmarks',
    {
      machine_info: (value) => (environment = environmentOf(recordOf(value) ?? {})),
      datetime: (value) => (epochNs = epochOf(textOf(value))),
      version: (value) => (version = textOf(value)),
    },
    (record, offset) => benchmarks.push([record, offset]),
    rejections.reject,
  );
  if (benchmarks.length === 0) {
    throw new ProfilerError('import.unreadable', `${source.name} holds no benchmark.`);
  }
  const run = target.begin({ epochNs, client: 'pytest-benchmark', clientVersion: version });
  rejections.handOver(run);
  run.builder.addEnvironment(environment);
  const history = new ExecutionHistory(run);
  for (const [benchmark, offset] of benchmarks) {
    const bad = addBenchmark(history, benchmark);
    if (bad !== null) run.reject(offset, bad);
  }
}

/** Adds the rounds of a benchmark; gives why some or all of them could not be. */
function addBenchmark(history: ExecutionHistory, benchmark: JsonRecord): string | null {
  const name = textOf(benchmark['fullname']) || textOf(benchmark['name']);
  if (name === '') return 'the benchmark has no name';
  const stats = recordOf(benchmark['stats']) ?? {};
  const iterations = numberOf(stats['iterations']);
  const data = numbersOf(stats['data']);
  // Without --benchmark-json or --benchmark-save-data only the statistics are kept.
  const times = data.length > 0 ? data : [numberOf(stats['mean'])];
  let bad = 0;
  for (const seconds of times) {
    const added = history.add({
      benchmark: name,
      name: textOf(benchmark['name']) || name,
      seconds,
      failed: false,
      replicate: REPLICATES.sameProcess,
      attributes: {
        [ATTRIBUTE.iterations]: Number.isFinite(iterations) ? iterations : undefined,
        'pytest.group': textOf(benchmark['group']) || undefined,
        'pytest.rounds': data.length > 0 ? undefined : roundsOf(stats),
      },
    });
    if (!added) bad += 1;
  }
  return bad === 0 ? null : `${bad} times of ${name.slice(0, 100)} are none`;
}

/** Rounds behind a mean. */
function roundsOf(stats: JsonRecord): number | undefined {
  const rounds = numberOf(stats['rounds']);
  return Number.isFinite(rounds) ? rounds : undefined;
}

function environmentOf(machine: JsonRecord): Partial<RunEnvironment> {
  const cpu = recordOf(machine['cpu']) ?? {};
  const cores = numberOf(cpu['count']);
  const os = [textOf(machine['system']), textOf(machine['release'])].join(' ').trim();
  const implementation = textOf(machine['python_implementation']) || 'Python';
  const python = textOf(machine['python_version']);
  return {
    cpu: textOf(cpu['brand_raw']) || textOf(machine['processor']) || null,
    cores: Number.isFinite(cores) ? cores : null,
    os: os === '' ? null : os,
    runtime: python === '' ? null : `${implementation} ${python}`,
  };
}

function epochOf(text: string): bigint | null {
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? BigInt(ms) * 1_000_000n : null;
}

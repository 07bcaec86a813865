import { ATTRIBUTE, REPLICATES } from '../../model/attributeNames.ts';
import { ProfilerError } from '../../model/profilerError.ts';
import { ExecutionHistory, type Metric } from '../history/executionHistory.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { headLines } from '../lines/headLines.ts';
import { readLines } from '../lines/readLines.ts';
import { LateRejections } from '../stacks/lateRejections.ts';
import {
  type BenchLine,
  SECONDS_PER_UNIT,
  UCUM,
  isRate,
  parseBenchLine,
  parseConfiguration,
  parseUnit,
  processorsOf,
} from './benchLine.ts';

/**
 * What `go test -bench` prints. The counts of one package ran in one process, so they are no independent replicates. A
 * span is as long as one iteration.
 */
export const goBenchImporter: Importer = {
  format: 'go-bench',
  title: 'go test -bench results',
  detect,
  read,
};

function detect(head: InputHead): number {
  const lines = headLines(head, 2000).filter((line) => line.trim() !== '');
  const results = lines.filter((line) => parseBenchLine(line) !== null).length;
  if (results === 0) return 0;
  if (lines.some((line) => parseConfiguration(line) !== null)) return 0.95;
  return results >= lines.length / 3 ? 0.85 : 0.4;
}

interface Result extends BenchLine {
  readonly package: string;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const rejections = new LateRejections();
  const results: Result[] = [];
  const configuration = new Map<string, string>();
  const better = new Map<string, boolean>();
  const readLine = (line: string, offset: number): void => {
    const result = parseBenchLine(line);
    const stated = parseConfiguration(line);
    const unit = parseUnit(line);
    if (result !== null) results.push({ ...result, package: configuration.get('pkg') ?? '' });
    else if (stated !== null) configuration.set(stated.key, stated.value);
    else if (unit !== null) better.set(unit.unit, unit.higherIsBetter);
    else if (/^(?:--- FAIL: Benchmark|Benchmark\S+\s+\d+\s+\S)/u.test(line)) {
      rejections.reject(offset, `no result: ${line.slice(0, 200)}`);
    }
  };
  await readLines(
    source,
    {
      line: readLine,
      tooLong: (offset) => rejections.reject(offset, 'the line is too long'),
    },
    target.signal,
  );
  if (results.length === 0) {
    throw new ProfilerError('import.unreadable', `${source.name} holds no result of a benchmark.`);
  }
  const run = target.begin({ epochNs: null, client: 'go test' });
  rejections.handOver(run);
  const processors = commonProcessors(results);
  run.builder.addEnvironment({
    cpu: configuration.get('cpu') ?? null,
    os: platformOf(configuration),
    runtime: configuration.get('toolchain') ?? null,
    threads: processors,
  });
  const several = new Set(results.map((result) => result.package)).size > 1;
  const history = new ExecutionHistory(run);
  for (const result of results) {
    const suffix = processors === null ? 0 : `-${processors}`.length;
    const name = suffix === 0 ? result.name : result.name.slice(0, -suffix);
    const time = result.values.find(([unit]) => SECONDS_PER_UNIT.has(unit));
    const added = history.add({
      benchmark: several ? `${result.package} ${name}` : name,
      name,
      seconds: time === undefined ? 0 : time[1] * (SECONDS_PER_UNIT.get(time[0]) ?? 1),
      failed: false,
      replicate: REPLICATES.sameProcess,
      attributes: {
        [ATTRIBUTE.iterations]: result.iterations,
        'go.package': result.package === '' ? undefined : result.package,
      },
      metrics: result.values
        .filter((value) => value !== time)
        .map((value) => metricOf(value, better)),
    });
    if (!added) run.reject(null, `the time of ${name.slice(0, 100)} is none`);
  }
}

function metricOf(
  [unit, value]: readonly [string, number],
  better: ReadonlyMap<string, boolean>,
): Metric {
  const higherIsBetter = better.get(unit) ?? isRate(unit);
  return { name: unit, unit: UCUM.get(unit) ?? unit, value, higherIsBetter };
}

function platformOf(configuration: ReadonlyMap<string, string>): string | null {
  const os = configuration.get('goos');
  return os === undefined ? null : `${os} ${configuration.get('goarch') ?? ''}`.trim();
}

/**
 * The number of processors, where all names end in the same one. A name can end in a number of its own, and with one
 * processor Go adds none; with `-cpu 1,2,4` the names keep theirs.
 */
function commonProcessors(results: readonly Result[]): number | null {
  const first = processorsOf(results[0]?.name ?? '');
  return results.every(({ name }) => processorsOf(name) === first) ? first : null;
}

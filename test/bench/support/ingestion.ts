import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../src/profiler/model/run.ts';
import { decodeRun } from '../../../src/profiler/model/runCodec.ts';
import { IngestEvent, type IngestResult } from '../../../src/protocol/ingest.ts';
import { measure, type MeasuredRun } from './measuredProcess.ts';
import { benchFile, builtCli } from './places.ts';

export interface Ingestion {
  readonly measured: MeasuredRun;
  readonly result: IngestResult;
}

export interface IngestionOptions {
  readonly home: string;
  /** Inference processes; those of the product where it is absent. */
  readonly processes?: number | undefined;
  readonly model?: string | undefined;
  readonly nodeOptions?: readonly string[];
}

/** Ingests a file with the built command line as one process tree. @throws when it fails */
export async function ingestFile(wav: string, options: IngestionOptions): Promise<Ingestion> {
  const { home, processes, model, nodeOptions = [] } = options;
  const limit =
    processes === undefined
      ? {}
      : {
          EARSHOT_BENCH_PROCESSES: String(processes),
          NODE_OPTIONS: `--require "${benchFile('support/limitProcesses.cjs')}"`,
        };
  const args = [...(model === undefined ? [] : ['--model', model]), '--json', '--', wav];
  const measured = await measure(
    process.execPath,
    [...nodeOptions, builtCli(), 'ingest', ...args],
    {
      env: { EARSHOT_HOME: home, ...limit },
      cwd: home,
    },
  );
  const last = IngestEvent.parse(JSON.parse(measured.stdout.trimEnd().split('\n').at(-1) ?? ''));
  if (last.type !== 'result') throw new Error(`The ingest ended with ${JSON.stringify(last)}`);
  return { measured, result: last };
}

/** The record of a run, as the command line exports it. */
export async function exportedRun(id: string, home: string): Promise<Run> {
  const file = join(home, 'exported.run');
  await measure(process.execPath, [builtCli(), 'report', id, '--format', 'run', '-o', file], {
    env: { EARSHOT_HOME: home },
    cwd: home,
  });
  return decodeRun(new Uint8Array(readFileSync(file)));
}

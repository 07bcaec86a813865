import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { z } from 'zod';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { SPAN_FILES, type SpanFile, writeSpanFile } from './support/spanFiles.ts';
import { median } from './support/statistics.ts';
import { fixed, megabytes, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/importing.ts [options]
Imports made files of spans, each in a process of its own, beside JSON.parse of the same file and speedscope's importer.
  --spans N    spans in a file (1000000)
  --formats L  of ${Object.keys(SPAN_FILES).join(',')} (all)
  --large N    spans of one more Chrome file, without the others beside it; 0 for none (10000000)
  --rounds N   counted rounds; the median is told (3)
  --limit S    seconds after which another program is stopped (180)
  --no-peer    without speedscope
  --keep       keep the files
  --json       one JSON line instead of a table`;

const options = readOptions(USAGE, {
  spans: { type: 'string', default: '1000000' },
  formats: { type: 'string', default: Object.keys(SPAN_FILES).join(',') },
  large: { type: 'string', default: '10000000' },
  rounds: { type: 'string', default: '3' },
  limit: { type: 'string', default: '180' },
  'no-peer': { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
const rounds = positive('rounds', options.rounds);
const limitSeconds = positive('limit', options.limit);
const formats = options.formats.split(',').map((name) => {
  if (name in SPAN_FILES) return name as SpanFile;
  console.error(`--formats: ${Object.keys(SPAN_FILES).join(',')}`);
  process.exit(2);
});

const Taken = z.looseObject({
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakBytes: z.number(),
});
type Taken = z.infer<typeof Taken>;

interface Row {
  readonly file: string;
  readonly program: string;
  readonly fileBytes: number;
  /** All rounds; null where it failed or was stopped. */
  readonly rounds: readonly Taken[] | null;
  readonly why?: string;
}

const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(options.keep);
const importer = await bundled('importFile.ts');
const parser = await bundled('parseJson.ts');
// Not bundled: it reads the file of a package that it looks for where it lies.
const speedscope = child('speedscopeImport.ts');
const rows: Row[] = [];
const spans = positive('spans', options.spans);
for (const format of formats) {
  const path = await made(format, spans);
  const label = `${SPAN_FILES[format].name}, ${spans.toLocaleString('en')} spans`;
  rows.push(await measured(label, 'Earshot', importer, path, rounds));
  if (format === 'otlp-protobuf') continue;
  rows.push(await measured(label, 'JSON.parse', parser, path, rounds));
  if (format === 'chrome-trace' && !options['no-peer']) {
    rows.push(await measured(label, 'speedscope', speedscope, path, 1));
  }
}
const large = Number(options.large);
if (large > 0) {
  const path = await made('chrome-trace', large);
  const label = `Chrome JSON, ${large.toLocaleString('en')} spans`;
  rows.push(await measured(label, 'Earshot', importer, path, 1));
}

if (options.json) console.log(JSON.stringify({ machine, rows }));
else console.log(`${hardware}\n\n${asTable()}`);

function child(name: string): string {
  return fileURLToPath(new URL(`children/${name}`, import.meta.url));
}

/** A child as it is shipped: taking the types out of each file at its start costs Node 60 MB and half a second. */
async function bundled(name: string): Promise<string> {
  const outfile = join(folder.path, name.replace(/\.ts$/u, '.mjs'));
  const entryPoints = [child(name)];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}

async function made(format: SpanFile, count: number): Promise<string> {
  const path = join(folder.path, `${format}-${count}`);
  await writeSpanFile(format, count, path);
  return path;
}

async function measured(
  file: string,
  program: string,
  script: string,
  path: string,
  times: number,
): Promise<Row> {
  const row = { file, program, fileBytes: statSync(path).size };
  const taken: Taken[] = [];
  try {
    for (let round = 0; round < times; round += 1) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--no-warnings', script, path],
        {
          timeout: limitSeconds * 1000,
        },
      );
      taken.push(Taken.parse(JSON.parse(stdout)));
    }
    return { ...row, rounds: taken };
  } catch (error) {
    const { killed, stderr } = error as { killed?: boolean; stderr?: string };
    const why = killed === true ? `stopped after ${limitSeconds} s` : failure(stderr ?? '');
    return { ...row, rounds: null, why };
  }
}

function failure(stderr: string): string {
  const line = stderr.split('\n').find((each) => /Error/u.test(each));
  return (line ?? 'failed').trim().slice(0, 80);
}

function asTable(): string {
  const head = ['file', 'program', 'size', 's', 'CPU s', 'MB/s', 'peak memory', 'times Earshot'];
  return table(
    head,
    rows.map(({ file, program, fileBytes, rounds: taken, why }) => {
      if (taken === null)
        return [file, program, megabytes(fileBytes), why ?? 'failed', '', '', '', ''];
      const seconds = median(taken.map((each) => each.seconds));
      const own = rows.find((each) => each.file === file && each.program === 'Earshot')?.rounds;
      const ownSeconds = own == null ? null : median(own.map((each) => each.seconds));
      return [
        file,
        program,
        megabytes(fileBytes),
        fixed(seconds),
        fixed(median(taken.map(({ cpuSeconds }) => cpuSeconds))),
        fixed(fileBytes / 1e6 / seconds, 0),
        megabytes(median(taken.map(({ peakBytes }) => peakBytes))),
        program === 'Earshot' || ownSeconds === null ? '' : fixed(seconds / ownSeconds),
      ];
    }),
  );
}

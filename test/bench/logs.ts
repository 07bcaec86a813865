import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { positive, readOptions } from './support/arguments.ts';
import { writeLogFile } from './support/logFile.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { OFFLINE, pythonWith } from './support/pythonPeer.ts';
import { fixed, megabytes, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/logs.ts [options]
Reads a made log of ten shapes of lines in a process of its own, and a smaller one beside drain3, which mines templates
and nothing else.
  --megabytes N  size of the log (1000)
  --slice N      megabytes of the log that the peer reads too (2)
  --no-peer      without drain3
  --keep         keep the files
  --json         one JSON line instead of a table`;

const options = readOptions(USAGE, {
  megabytes: { type: 'string', default: '1000' },
  slice: { type: 'string', default: '2' },
  'no-peer': { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
const size = positive('megabytes', options.megabytes) * 1e6;
const sliceSize = positive('slice', options.slice) * 1e6;

const Taken = z.looseObject({
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakBytes: z.number(),
});

interface Row extends z.infer<typeof Taken> {
  readonly program: string;
  readonly bytes: number;
  readonly lines: number;
}

const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(options.keep);
const rows: Row[] = [];
const own = (script: string): [string, string[]] => [
  process.execPath,
  ['--no-warnings', fileURLToPath(new URL(`children/${script}`, import.meta.url))],
];
const large = await made('large.log', size);
rows.push(await measured('Earshot', own('importFile.ts'), large));
if (!options['no-peer']) {
  const python = pythonWith('drain3', ['drain3==0.9.11']);
  const slice = await made('slice.log', sliceSize);
  const peer = fileURLToPath(new URL('peers/drain3Mine.py', import.meta.url));
  rows.push(await measured('Earshot', own('importFile.ts'), slice));
  rows.push(await measured('drain3', [python, [peer]], slice));
}
if (options.json) console.log(JSON.stringify({ machine, rows }));
else console.log(`${hardware}\n\n${asTable()}`);

async function made(name: string, bytes: number): Promise<{ path: string; lines: number }> {
  const path = join(folder.path, name);
  return { path, lines: await writeLogFile(path, bytes) };
}

async function measured(
  program: string,
  [command, args]: readonly [string, readonly string[]],
  { path, lines }: { readonly path: string; readonly lines: number },
): Promise<Row> {
  const { stdout } = await promisify(execFile)(command, [...args, path], {
    env: { ...process.env, ...OFFLINE },
  });
  return { program, bytes: statSync(path).size, lines, ...Taken.parse(JSON.parse(stdout)) };
}

function asTable(): string {
  const slice = rows.filter(({ bytes }) => bytes === rows.at(-1)?.bytes);
  const ownSeconds = slice.find(({ program }) => program === 'Earshot')?.seconds;
  return table(
    ['program', 'size', 'lines', 's', 'CPU s', 'MB/s', 'MB/CPU s', 'peak memory', 'times Earshot'],
    rows.map(({ program, bytes, lines, seconds, cpuSeconds, peakBytes }) => [
      program,
      megabytes(bytes),
      lines.toLocaleString('en'),
      fixed(seconds),
      fixed(cpuSeconds),
      fixed(bytes / 1e6 / seconds, 1),
      fixed(bytes / 1e6 / cpuSeconds, 1),
      megabytes(peakBytes),
      program === 'Earshot' || ownSeconds === undefined ? '' : fixed(seconds / ownSeconds),
    ]),
  );
}

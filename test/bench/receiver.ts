import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { benchFile, builtCli } from './support/places.ts';
import { fixed, megabytes, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/receiver.ts [options]
Another process sends spans to \`earshot profile listen\`: what the listener costs, and how soon another connection to the
library sees a span that has arrived. Then as many as it takes.
  --rate N      spans a second (10000)
  --seconds N   for so long (30)
  --json        one JSON line instead of a table`;

const options = readOptions(USAGE, {
  rate: { type: 'string', default: '10000' },
  seconds: { type: 'string', default: '30' },
  json: { type: 'boolean', default: false },
});
const rate = positive('rate', options.rate);
const seconds = positive('seconds', options.seconds);
/** Seconds at full speed. */
const FULL_SPEED_SECONDS = 8;
const POLL_MILLISECONDS = 2;
/** The kernel counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

interface Listening {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly home: string;
  readonly runId: string;
}

const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(false);
const steady = await measure('steady', rate, seconds);
const full = await measure('full', 0, FULL_SPEED_SECONDS);
const result = { machine, rate, steady, full };
if (options.json) console.log(JSON.stringify(result));
else {
  console.log(`${hardware}\n`);
  const row = (name: string, of: (m: typeof steady) => string): string[] => [
    name,
    of(steady),
    of(full),
  ];
  console.log(
    table(
      ['', `${rate} spans/s for ${seconds} s`, 'as fast as it goes'],
      [
        row('spans sent and answered', (m) => String(m.spans)),
        row('spans a second', (m) => fixed(m.spansPerSecond, 0)),
        row('processor, cores', (m) => fixed(m.cores)),
        row('memory, peak (RSS)', (m) => megabytes(m.peakBytes)),
        row('arrival → visible, p50', (m) => `${fixed(m.visible.p50, 0)} ms`),
        row('arrival → visible, p95', (m) => `${fixed(m.visible.p95, 0)} ms`),
        row('arrival → visible, p99', (m) => `${fixed(m.visible.p99, 0)} ms`),
        row('arrival → visible, longest', (m) => `${fixed(m.visible.longest, 0)} ms`),
      ],
    ),
  );
}

async function measure(name: string, spansPerSecond: number, forSeconds: number) {
  const listening = await listen(folder.sub(name));
  const idle = processorSeconds(listening.pid);
  const watch = watchLibrary(listening);
  const sender = spawn(
    process.execPath,
    [
      benchFile('support/spanSender.ts'),
      String(listening.port),
      String(spansPerSecond),
      String(forSeconds),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  sender.stdout.on('data', (piece) => (out += String(piece)));
  const [code] = (await once(sender, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The sender ended with ${String(code)}.`);
  const sent = JSON.parse(out) as { spans: number; seconds: number };
  await pause(200);
  const delays = watch.stop();
  const cores = (processorSeconds(listening.pid) - idle) / sent.seconds;
  const peakBytes = peakMemory(listening.pid);
  // What it received is not wanted any more.
  listening.child.kill('SIGKILL');
  await once(listening.child, 'close');
  delays.sort((a, b) => a - b);
  const at = (share: number): number =>
    delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? Number.NaN;
  return {
    spans: sent.spans,
    spansPerSecond: sent.spans / sent.seconds,
    cores,
    peakBytes,
    bodies: delays.length,
    visible: { p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) },
  };
}

async function listen(home: string): Promise<Listening> {
  const child = spawn(
    process.execPath,
    [builtCli(), 'profile', 'listen', '--json', '--port', '0', '--home', home],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { port, runId } = JSON.parse(String(line)) as { port: number; runId: string };
  if (child.pid === undefined) throw new Error('The listener did not start.');
  return { child, pid: child.pid, port, home, runId };
}

/** Looks into the library again and again by a connection of its own: milliseconds from arrival to visibility by body. */
function watchLibrary({ home, runId }: Listening): { stop: () => number[] } {
  const database = new Database(join(home, 'library.sqlite'), { readonly: true });
  const newer = database.prepare<[string, number], { ordinal: number; receivedAt: number }>(
    'SELECT ordinal, received_at AS receivedAt FROM live_pieces WHERE run_id = ? AND ordinal > ? ORDER BY ordinal',
  );
  const delays: number[] = [];
  let last = -1;
  const timer = setInterval(() => {
    const rows = newer.all(runId, last);
    const now = Date.now();
    for (const { ordinal, receivedAt } of rows) {
      delays.push(now - receivedAt);
      last = ordinal;
    }
  }, POLL_MILLISECONDS);
  return {
    stop: () => {
      clearInterval(timer);
      database.close();
      return delays;
    },
  };
}

function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/u.exec(status)?.[1] ?? Number.NaN) * 1024;
}

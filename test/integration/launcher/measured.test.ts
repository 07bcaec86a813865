import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ATTRIBUTE, COUNTER } from '../../../src/profiler/model/attributeNames.ts';
import {
  attributeOf,
  instantAttributes,
  spansWithAttribute,
} from '../../../src/profiler/model/attributes.ts';
import { type Run, spanName } from '../../../src/profiler/model/run.ts';
import { totalLoads } from '../../../src/profiler/model/workAccount.ts';
import { ProfileHome } from './profileRun.ts';

const LARGE = 4_000_000;

let home: ProfileHome;
beforeEach(() => {
  home = new ProfileHome();
});
afterEach(() => home.remove());

function write(name: string, content: string | Buffer): string {
  const path = join(home.folder, name);
  writeFileSync(path, content);
  return path;
}

const loads = (run: Run) => Object.fromEntries(totalLoads(run.work));

/** How well the count of a file's loads is known. */
function qualityOf(run: Run, key: string): unknown {
  const found = run.instants.textId.findIndex((text) => (run.strings[text] ?? '').startsWith(key));
  return instantAttributes(run, found)['earshot.loads.quality'];
}

describe.runIf(process.platform === 'linux')('large files', () => {
  const READ = `import sys
for i in range(int(sys.argv[2])):
    with open(sys.argv[1], 'rb') as file:
        while file.read(1 << 20): pass
`;

  it('are counted exactly where a Python program reads one 40 times', async () => {
    write('data.bin', Buffer.alloc(LARGE, 1));
    write('read.py', READ);
    await home.run(['python3', 'read.py', 'data.bin', '40']);
    const run = home.lastRun();
    expect(loads(run)).toEqual({ 'file:data.bin': 40 });
    expect(qualityOf(run, 'file:data.bin')).toBe('exact');
    const spans = [...spansWithAttribute(run, ATTRIBUTE.resource)];
    expect(spans).toHaveLength(40);
    expect(spans.map(([span]) => spanName(run, span))).toEqual(
      Array.from({ length: 40 }, () => 'load data.bin'),
    );
  });

  it('are counted where only the script names them', async () => {
    const elsewhere = join(home.folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'weights.bin'), Buffer.alloc(LARGE, 1));
    mkdirSync(join(home.folder, 'work'));
    write('work/load.py', `for i in range(7): open("${elsewhere}/weights.bin", "rb").read()`);
    const cwd = ['--cwd', join(home.folder, 'work')];
    await home.run(['python3', 'load.py'], cwd);
    expect(loads(home.lastRun())).toEqual({ [`file:${elsewhere}/weights.bin`]: 7 });
  });

  it('are counted over child processes that read one after the other', async () => {
    write('data.bin', Buffer.alloc(LARGE, 1));
    await home.run(['sh', '-c', 'for i in 1 2 3 4 5 6 7 8 9; do cat data.bin > /dev/null; done']);
    expect(loads(home.lastRun())).toEqual({ 'file:data.bin': 9 });
  });

  it('that are mapped count, although nothing is read', async () => {
    write('data.bin', Buffer.alloc(LARGE, 1));
    const script = `import mmap, time
for i in range(3):
    with open('data.bin', 'rb') as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
            sum(view[::4096]); time.sleep(0.3)`;
    await home.run(['python3', '-c', script]);
    expect(loads(home.lastRun())).toEqual({ 'file:data.bin': 3 });
  });

  it('that are only looked into are no loads', async () => {
    write('data.bin', Buffer.alloc(LARGE, 1));
    const script = `import time
for i in range(20):
    with open('data.bin', 'rb') as file: file.read(100)
    time.sleep(0.02)`;
    await home.run(['python3', '-c', script]);
    expect(loads(home.lastRun())).toEqual({});
  });

  it('that are written are no loads, and each new content is another thing', async () => {
    const script = `import time
for i in range(3):
    with open('made.bin', 'wb') as file: file.write(bytes(${LARGE}))
    time.sleep(0.1)
    with open('made.bin', 'rb') as file: file.read()
    time.sleep(0.1)`;
    await home.run(['python3', '-c', script]);
    const counts = Object.entries(loads(home.lastRun()));
    expect(counts.map(([, count]) => count)).toEqual([1, 1, 1]);
    expect(new Set(counts.map(([key]) => key)).size).toBe(3);
  });

  it('below the smallest size are not watched, nor any with --no-files', async () => {
    write('data.bin', Buffer.alloc(100_000, 1));
    write('read.py', READ);
    await home.run(['python3', 'read.py', 'data.bin', '5']);
    expect(loads(home.lastRun())).toEqual({});
    await home.run(['python3', 'read.py', 'data.bin', '5'], ['--min-file-size', '100k']);
    expect(loads(home.lastRun())).toEqual({});
    await home.run(['python3', 'read.py', 'data.bin', '5'], ['--min-file-size', '64k']);
    expect(loads(home.lastRun())).toEqual({ 'file:data.bin': 5 });
    const none = ['--min-file-size', '64k', '--no-files'];
    await home.run(['python3', 'read.py', 'data.bin', '5'], none);
    expect(loads(home.lastRun())).toEqual({});
  });

  it('that are programs are none', async () => {
    copyFileSync(process.execPath, join(home.folder, 'tool'));
    await home.run(['sh', '-c', 'chmod +x tool; for i in 1 2 3; do ./tool --version; done']);
    expect(loads(home.lastRun())).toEqual({});
  });
});

describe.runIf(process.platform === 'linux')('the process tree', () => {
  it('has counters, and a span for each child that lived a while', async () => {
    await home.run(['sh', '-c', 'sleep 0.4; sleep 0.4 & sleep 0.5; wait']);
    const run = home.lastRun();
    const children = [...spansWithAttribute(run, 'process.parent_pid')].map(([span]) =>
      spanName(run, span),
    );
    expect(children).toEqual(['sleep', 'sleep', 'sleep']);
    const names = run.counters.map(({ name }) => name);
    expect(names).toContain(COUNTER.treeMemory);
    expect(names).toContain(COUNTER.treeCpu);
  });

  it('counts the CPU time of children, as the system does', async () => {
    const burn =
      'import time; end = time.process_time() + 0.5\nwhile time.process_time() < end: pass';
    const twice = `import subprocess, sys\nfor i in range(2): subprocess.run([sys.executable, '-c', ${JSON.stringify(burn)}])`;
    await home.run(['python3', '-c', twice]);
    const cpu = attributeOf(home.lastRun(), 0, ATTRIBUTE.cpuSeconds);
    expect(cpu).toBeGreaterThanOrEqual(1);
    expect(cpu).toBeLessThan(2);
  });

  it('tells of children that outlive the program, and does not wait for them', async () => {
    const { stderr, stdout } = await home.run(['sh', '-c', 'sleep 60 & echo $!']);
    expect(stderr).toMatch(/sleep \(process \d+\) was started by it and still runs/);
    expect(stderr).toContain(`process ${stdout.toString().trim()}`);
    process.kill(Number(stdout.toString()), 'SIGKILL');
  });
});

it('keeps what the program prints as lines with their times', async () => {
  await home.run(['sh', '-c', 'echo loaded model in 2.5 s; sleep 0.3; echo error: no >&2']);
  const { log, instants, strings } = home.lastRun();
  expect(log?.files).toEqual(['stdout', 'stderr']);
  expect(log?.lines).toBe(2);
  const texts = Array.from(instants.textId, (text) => strings[text] ?? '');
  expect(texts).toEqual(['loaded model in 2.5 s', 'error: no']);
  const [first = 0, second = 0] = instants.timeNs;
  expect(second - first).toBeGreaterThan(0.1e9);
});

it('reads its lines by the patterns of the project', async () => {
  const logPatterns = [{ pattern: String.raw`^@(?<event>begin|end) (?<name>\w+)` }];
  write('earshot.config.json', JSON.stringify({ logPatterns }));
  await home.run(['sh', '-c', 'echo @begin thing; sleep 0.2; echo @end thing']);
  const run = home.lastRun();
  const span = run.spans.nameId.findIndex((name) => run.strings[name] === 'thing');
  expect(run.spans.durationNs[span]).toBeGreaterThan(0.1e9);
});

it('does not stumble over durations that cannot be', async () => {
  const logPatterns = [{ pattern: String.raw`^@(?<name>\w+) (?<dur>\S+)` }];
  write('earshot.config.json', JSON.stringify({ logPatterns }));
  const { code } = await home.run(['sh', '-c', 'echo @a 1e300; echo took 1e300 s; echo @b 5']);
  expect(code).toBe(0);
  const { spans, strings } = home.lastRun();
  const names = Array.from(spans.nameId, (name) => strings[name]);
  expect(names).toContain('b');
  expect(names).not.toContain('a');
});

it('takes the spans that a program sends into its own tree', async () => {
  const script = `import json, os, time, urllib.request
trace, parent = os.environ['TRACEPARENT'].split('-')[1:3]
now = time.time_ns()
span = {'traceId': trace, 'spanId': 'aaaaaaaaaaaaaaaa', 'parentSpanId': parent, 'name': 'work',
        'startTimeUnixNano': str(now), 'endTimeUnixNano': str(now + 1000000)}
body = {'resourceSpans': [{'scopeSpans': [{'spans': [span]}]}]}
urllib.request.urlopen(urllib.request.Request(os.environ['OTEL_EXPORTER_OTLP_ENDPOINT'] + '/v1/traces',
    json.dumps(body).encode(), {'content-type': 'application/json'}))`;
  await home.run(['python3', '-c', script]);
  const run = home.lastRun();
  const span = run.spans.nameId.findIndex((name) => run.strings[name] === 'work');
  expect(spanName(run, run.spans.parent[span] ?? -1)).toBe(run.name);
  const from = run.spans.startNs[0] ?? 0;
  expect(run.spans.startNs[span]).toBeGreaterThan(from);
  expect(run.spans.startNs[span]).toBeLessThan(from + (run.spans.durationNs[0] ?? 0));
});

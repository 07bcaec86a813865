import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attributesOf } from '../../../src/profiler/model/attributes.ts';
import { onTerminal } from '../cli/terminal.ts';
import { builtCli } from '../helpers/places.ts';
import { until } from '../helpers/until.ts';
import { childrenOf, ProfileHome, residentKilobytes } from './profileRun.ts';

let home: ProfileHome;
beforeEach(() => {
  home = new ProfileHome();
});
afterEach(() => home.remove());

const result = (stdout: Buffer) =>
  JSON.parse(stdout.toString().trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;

describe('a program under profile run', () => {
  it.each([0, 1, 7, 255])('gives its exit code %i', async (code) => {
    const ended = await home.run(['sh', '-c', `exit ${code}`]);
    expect(ended.code).toBe(code);
    expect(home.lastRun().status).toBe(code === 0 ? 'done' : 'failed');
  });

  it.each([
    ['KILL', 137],
    ['TERM', 143],
    ['SEGV', 139],
  ])('that ends by SIG%s gives what a shell would', async (signal, code) => {
    const ended = await home.run(['sh', '-c', `kill -${signal} $$`]);
    expect(ended.code).toBe(code);
    expect(home.lastRun().error).toBe(`It was ended by SIG${signal}.`);
  });

  it('writes the same bytes to the same streams', async () => {
    const bytes = 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 5000)';
    const ended = await home.run(['python3', '-c', `${bytes}; sys.stderr.write("aside\\n")`]);
    const expected = Buffer.from(Array.from({ length: 256 * 5000 }, (_, i) => i % 256));
    expect(ended.stdout.equals(expected)).toBe(true);
    expect(ended.stderr).toMatch(/^aside\n/);
  });

  it('can open its output again, as with a pipe of a shell', async () => {
    const ended = await home.run(['sh', '-c', 'echo again > /dev/stderr; echo out > /dev/stdout']);
    expect(ended.code).toBe(0);
    expect(ended.stdout.toString()).toBe('out\n');
    expect(ended.stderr).toMatch(/^again\n/);
  });

  it('reads our stdin', async () => {
    const { child, ended } = home.start(['cat']);
    child.stdin.end('line one\nline two');
    expect((await ended).stdout.toString()).toBe('line one\nline two');
  });

  it('gets its arguments as they are, whatever a shell would make of them', async () => {
    const hostile = ['$(id)', '; echo x', '--json', '-n', "a'b", 'two\nlines', '', '*', '--'];
    const print = 'import sys, json; print(json.dumps(sys.argv[1:]))';
    const ended = await home.run(['python3', '-c', print, ...hostile]);
    expect(JSON.parse(ended.stdout.toString())).toEqual(hostile);
  });

  it('keeps its environment but for what OpenTelemetry reads', async () => {
    const ended = await home.run(['env', '-0']);
    const lines = ended.stdout.toString().split('\0').slice(0, -1);
    const theirs = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const added = Object.keys(theirs).filter((name) => !(name in process.env));
    expect(added.filter((name) => !/^(OTEL_|TRACEPARENT$)/.test(name))).toEqual([]);
    expect(theirs['TRACEPARENT']).toContain(home.lastRun().traceId);
  });

  it('may print 100 MB to a slow reader without filling our memory', async () => {
    const { child, ended } = home.start(['head', '-c', '100000000', '/dev/zero'], ['--json']);
    child.stdin.end();
    child.stdout.pause();
    const hash = createHash('sha256');
    let peakKilobytes = 0;
    child.stderr.removeAllListeners('data');
    for await (const chunk of child.stderr as AsyncIterable<string>) {
      hash.update(chunk);
      peakKilobytes = Math.max(peakKilobytes, residentKilobytes(child.pid ?? 0));
    }
    child.stdout.resume();
    await ended;
    expect(hash.digest('hex')).toBe(
      createHash('sha256').update(Buffer.alloc(100_000_000)).digest('hex'),
    );
    expect(peakKilobytes).toBeLessThan(300_000);
  });

  it('learns that its reader has gone away', async () => {
    const { child, ended, said } = home.start(['yes']);
    child.stdin.end();
    await said('y\n');
    child.stdout.destroy();
    await ended;
    expect(home.lastRun().error).toBe('It was ended by SIGPIPE.');
  });
});

describe('signals', () => {
  const trap = (signal: string) =>
    `import signal, sys, time
def stop(*_):
    print('got it', flush=True); sys.exit(9)
signal.signal(signal.${signal}, stop); print('ready', flush=True)
while True: time.sleep(0.05)`;

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s reaches the program once', async (name) => {
    const { child, ended, said } = home.start(['python3', '-c', trap(name)]);
    await said('ready\n');
    child.kill(name);
    const { code, stdout } = await ended;
    expect(code).toBe(9);
    expect(stdout.toString()).toBe('ready\ngot it\n');
    expect(home.lastRun().status).toBe('cancelled');
  });

  it('leaves a program alone that goes on after SIGTERM', async () => {
    const ignore = `import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('ready', flush=True); time.sleep(1); print('done', flush=True)`;
    const { child, ended, said } = home.start(['python3', '-c', ignore]);
    await said('ready\n');
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect([code, stdout.toString()]).toEqual([0, 'ready\ndone\n']);
    expect(home.lastRun().status).toBe('done');
  });

  it('of Ctrl-C reach it once on a terminal', async () => {
    const counting = `import signal, time
n = 0
def count(*_):
    global n; n += 1
signal.signal(signal.SIGINT, count); print('ready', flush=True); time.sleep(2)
print('interrupted', n, flush=True)`;
    const { output } = await onTerminal(
      [
        ...[process.execPath, builtCli(), '--home', home.home, 'profile', 'run', '--'],
        ...['python3', '-c', counting],
      ],
      { columns: 80, waitFor: ['ready'], keys: ['\u0003'] },
    );
    expect(output).toContain('interrupted 1');
  });
});

describe('what cannot be run', () => {
  it('is told with the codes of a shell and in JSON', async () => {
    const missing = await home.run(['no-such-program-anywhere'], ['--json']);
    expect(missing.code).toBe(127);
    expect(result(missing.stdout)).toMatchObject({ error: { code: 'launch.not-found' } });
    const data = await home.run(['/etc/passwd'], ['--json']);
    expect(data.code).toBe(126);
    expect(result(data.stdout)).toMatchObject({ error: { code: 'launch.not-startable' } });
  });

  it('where the library cannot be written, nothing is started', async () => {
    const mark = `${home.folder}/mark`;
    writeFileSync(`${home.folder}/file`, '');
    const args = ['--home', `${home.folder}/file/home`, 'profile', 'run', '--', 'touch', mark];
    const ended = await execa(process.execPath, [builtCli(), ...args], { reject: false });
    expect(ended.exitCode).not.toBe(0);
    expect(existsSync(mark)).toBe(false);
  });
});

describe('the command line', () => {
  it('with --json keeps stdout for its own lines', async () => {
    const { code, stdout, stderr } = await home.run(['sh', '-c', 'echo out; exit 3'], ['--json']);
    expect(code).toBe(3);
    expect(stderr).toContain('out\n');
    expect(result(stdout)).toMatchObject({ type: 'result', format: 'command', exitCode: 3 });
    expect(stdout.toString().trimEnd().split('\n')).toHaveLength(1);
  });

  it('keeps no secrets', async () => {
    await home.run(['true', '--password=hunter2', '--api-key', 'abc123', 'https://u:pw9@h/x']);
    const text = JSON.stringify([...attributesOf(home.lastRun(), 0)]);
    expect(text).not.toMatch(/hunter2|abc123|pw9/);
  });

  it('leaves nothing behind when it is killed', async () => {
    const { child, ended, said } = home.start(['sh', '-c', 'echo ready; exec sleep 300']);
    await said('ready\n');
    const before = childrenOf(child.pid ?? 0);
    child.kill('SIGKILL');
    await ended.catch(() => undefined);
    // The program itself lives on, as it would under a shell that is killed; a sampler would not be wanted.
    expect(before).toHaveLength(1);
    process.kill(before[0] ?? 0, 'SIGKILL');
    await until('it is gone', () => !existsSync(`/proc/${before[0] ?? 0}`));
  });
});

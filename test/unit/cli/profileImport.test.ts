import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { FakeIo } from './fakeIo.ts';

let home: ReturnType<typeof temporaryHome>;
beforeEach(() => {
  home = temporaryHome();
});
afterEach(() => home[Symbol.dispose]());

function trace(name: string, ...names: string[]): string {
  const events = names.map((each, i) => ({
    ph: 'X',
    name: each,
    ts: i * 10,
    dur: 5,
    pid: 1,
    tid: 1,
  }));
  return file(name, JSON.stringify(events));
}

function file(name: string, text: string): string {
  const path = join(home.path, 'files', name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function earshot(
  args: readonly string[],
  io = new FakeIo(),
): Promise<FakeIo & { code: number }> {
  const code = await main(['--home', join(home.path, 'home'), ...args], io, () => {
    throw new Error('The pipeline is not needed.');
  });
  return Object.assign(io, { code });
}

describe('profile import', () => {
  it('stores a run and says what it holds', async () => {
    const path = trace('one.json', 'a', 'b');
    const { code, stderr, stdout } = await earshot(['profile', 'import', path]);
    expect(code).toBe(0);
    expect(stdout.text).toBe('');
    expect(stderr.lines[0]).toBe('✓ one.json: chrome-trace, 2 spans, 1 deep, 1 track, 15.0 µs.');
    expect(stderr.lines[1]).toMatch(/^ {2}→ earshot profile report [0-9a-f]{8}$/u);
    const list = await earshot(['profile', 'list', '--json']);
    expect(list.stdout.records).toMatchObject([
      { type: 'run', name: 'one.json', kind: 'import' },
      { type: 'result', count: 1 },
    ]);
  });

  it('prints nothing of a file’s name that moves the cursor', async () => {
    await earshot(['profile', 'import', trace('a.json', 'x'), '--name', 'a\u001b[2J\u202eb']);
    const { stdout, stderr } = await earshot(['profile', 'show', 'last']);
    expect(stdout.text).toMatch(/^a\[2Jb\nRun .* · 1 span on 1 track\n/u);
    const into = join(home.path, 'files', 'b\u001b[2J.md');
    const report = await earshot(['profile', 'report', 'last', '-o', into]);
    expect(report.stderr.text).toContain('b[2J.md.');
    for (const { text } of [stdout, stderr, report.stderr]) {
      expect(text).not.toMatch(/[\u001b\u202e]/u);
    }
  });

  it('prints the contract with --json', async () => {
    const path = file('cut.json', '[{"ph":"X","name":"a","ts":0,"dur":5},{"ph":"X"},');
    const { code, stdout } = await earshot(['profile', 'import', '--json', path]);
    expect(code).toBe(3);
    expect(stdout.records).toEqual([
      {
        type: 'result',
        runId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as string,
        format: 'chrome-trace',
        spans: 1,
        tracks: 1,
        maxDepth: 1,
        durationMs: 0.005,
        counters: 0,
        logLines: 0,
        rejected: 2,
        rejections: [
          { file: path, offset: 38, reason: 'an event without a time' },
          { file: path, offset: 49, reason: 'the file ends before the value does' },
        ],
      },
    ]);
  });

  it('makes a run of each file, of folders and globs too, and goes on behind a bad one', async () => {
    trace('many/b.json', 'b');
    trace('many/a.json', 'a', 'a');
    file('many/c.bin', '\u0000\u0001\u0002\u0000\u0003');
    const { code, stdout, stderr } = await earshot([
      'profile',
      'import',
      '--json',
      join(home.path, 'files/many'),
    ]);
    expect(code).toBe(3);
    expect(stdout.records).toMatchObject([
      { type: 'run', spans: 2 },
      { type: 'run', spans: 1 },
      { type: 'failed', error: { code: 'import.unknown-format' } },
      { type: 'result', runs: [{ spans: 2 }, { spans: 1 }], failures: [{}] },
    ]);
    expect(stderr.text).toContain('c.bin');
    const globbed = await earshot([
      'profile',
      'import',
      '--json',
      join(home.path, 'files/*/*.json'),
    ]);
    expect(globbed.stdout.records.at(-1)).toMatchObject({ runs: [{ spans: 2 }, { spans: 1 }] });
  });

  it('leaves the sources of a folder out, and tells what it took for a log', async () => {
    trace('mixed/a.json', 'a');
    file('mixed/package.json', '{\n  "name": "x"\n}\n');
    file('mixed/main.py', 'print(1)\n');
    file('mixed/other.json', '{\n  "rows": [\n    1\n  ]\n}\n');
    file('mixed/words.txt', 'one\ntwo\n');
    file('mixed/x.log', '2026-01-01 00:00:00 INFO hello\n');
    const { code, stdout } = await earshot([
      'profile',
      'import',
      '--json',
      join(home.path, 'files/mixed'),
    ]);
    expect(code).toBe(3);
    const [a, other, words, log, last] = stdout.records;
    expect(a).toMatchObject({ type: 'run', format: 'chrome-trace' });
    expect(other).toMatchObject({ type: 'failed', error: { code: 'import.unknown-format' } });
    expect(words).toMatchObject({ format: 'log', note: 'words.txt was taken for a plain log.' });
    expect(log).toMatchObject({ format: 'log', logLines: 1 });
    expect(log).not.toHaveProperty('note');
    expect(last).toMatchObject({ type: 'result' });
  });

  it('warns of JSON of no format that it knows, and refuses what is no log at all', async () => {
    const line = await earshot(['profile', 'import', file('line.json', '{"rows":[1,2]}')]);
    expect(line.code).toBe(0);
    expect(line.stderr.text).toContain('! line.json was taken for a plain log.');
    const rows = Array.from({ length: 20_000 }, (_, row) => ({ row, name: 'x' }));
    const pretty = file('pretty.json', JSON.stringify(rows, null, 2));
    const { code, stdout } = await earshot(['profile', 'import', '--json', pretty]);
    expect(code).toBe(1);
    expect(stdout.records).toMatchObject([{ error: { code: 'import.unknown-format' } }]);
  });

  it('makes one run of several files with --merge, in the series that is asked for', async () => {
    const files = [trace('a.json', 'a'), trace('b.json', 'b')];
    const args = [
      'profile',
      'import',
      '--merge',
      '--name',
      'both',
      '--series',
      'nightly',
      ...files,
    ];
    const { code, stderr } = await earshot(args);
    expect(code).toBe(0);
    expect(stderr.lines[0]).toMatch(/^✓ both: chrome-trace, 2 spans, 1 deep, 2 tracks/u);
    const list = await earshot(['profile', 'list', '--series', 'nightly']);
    expect(list.stdout.text).toContain('both');
  });

  it('reads standard input', async () => {
    const io = new FakeIo();
    io.stdin.end('main;work 3\nmain 2\n');
    const { code, stdout } = await earshot(
      ['profile', 'import', '--json', '--as', 'folded', '-'],
      io,
    );
    expect(code).toBe(0);
    expect(stdout.records[0]).toMatchObject({ format: 'collapsed', spans: 2, maxDepth: 2 });
  });

  it.each([
    ['a file that is not there', 'none.json', 4, 'import.not-found'],
    ['a folder without files', 'home', 4, 'file.not-found'],
    ['an empty file', 'empty', 1, 'import.empty'],
    ['a file of no format', 'binary', 1, 'import.unknown-format'],
  ])('fails with %s', async (_what, name, exit, code) => {
    mkdirSync(join(home.path, 'files/home'), { recursive: true });
    file('empty', '');
    file('binary', '\u0000\u0001\u0002\u0000\u0003');
    const run = await earshot(['profile', 'import', '--json', join(home.path, 'files', name)]);
    expect(run.code).toBe(exit);
    expect(run.stdout.records).toMatchObject([{ type: 'failed', error: { code } }]);
  });

  it('refuses a format that there is not', async () => {
    const { code, stderr } = await earshot(['profile', 'import', '--as', 'word', 'x']);
    expect(code).toBe(2);
    expect(stderr.text).toContain('It is one of: otlp-json');
  });
});

describe('profile remove', () => {
  it('asks a person, takes a script at its word, and says what is gone', async () => {
    await earshot(['profile', 'import', trace('one.json', 'a')]);
    const io = new FakeIo().onTerminal();
    io.answer = false;
    const kept = await earshot(['profile', 'remove', 'last'], io);
    expect(kept.code).toBe(130);
    expect(kept.questions).toHaveLength(1);
    const removed = await earshot(['profile', 'remove', '--json', 'last']);
    expect(removed.code).toBe(0);
    expect(removed.stdout.records).toMatchObject([{ type: 'result', run: { name: 'one.json' } }]);
    const none = await earshot(['profile', 'list']);
    expect(none.stderr.text).toContain('There are no runs.');
    expect((await earshot(['profile', 'remove', 'last'])).code).toBe(4);
  });
});

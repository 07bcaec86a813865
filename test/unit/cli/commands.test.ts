import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { EarshotError } from '../../../src/pipeline/earshotError.ts';
import { ProfilerError } from '../../../src/profiler/model/profilerError.ts';
import { FakeEarshot, VIDEO } from './fakeEarshot.ts';
import { FakeIo } from './fakeIo.ts';

let io: FakeIo;
let earshot: FakeEarshot;
beforeEach(() => {
  io = new FakeIo();
  earshot = new FakeEarshot();
});
const run = (...argv: string[]) => main(argv, io, earshot.create);

describe('earshot list', () => {
  it('is a table', async () => {
    earshot.videos.push({
      ...VIDEO,
      id: 'v22',
      title: 'Plain',
      state: 'failed',
      stage: 'decode',
      durationSeconds: null,
      speakers: null,
      coverage: null,
    });
    expect(await run('list')).toBe(0);
    expect(io.stdout.text).toBe(
      `ID   Title               Length  Speakers  Coverage  State            Changed
v1   会議 about 👂 ears   12:34         2    97.5 %  ready            2026-01-03
v22  Plain                    –         –         –  failed (Decode)  2026-01-03
`,
    );
  });

  it('is a line a video in --json, and a result', async () => {
    await run('list', '--json');
    expect(io.stdout.records).toEqual([
      { type: 'video', ...VIDEO },
      { type: 'result', command: 'list', count: 1 },
    ]);
  });

  it('says how to fill an empty library', async () => {
    earshot.videos = [];
    await run('list');
    expect(io.stdout.text).toBe('');
    expect(io.stderr.text).toContain('earshot ingest');
  });
});

describe('earshot show', () => {
  it.each([
    [[], /^# Two people talk\n/],
    [['--format', 'txt'], /^Two people talk\n/],
    [['-f', 'vtt'], /^WEBVTT\n/],
    [['--format', 'srt'], /^1\n00:00:00,500 -->/],
    [['--format', 'rttm'], /^SPEAKER v1 1 0\.500 2\.750/],
    [['--format', 'json'], /^\{\n {2}"title"/],
  ])('%j', async (flags, start) => {
    expect(await run('show', 'v1', ...flags)).toBe(0);
    expect(io.stdout.text).toMatch(start);
    expect(io.stderr.text).toBe('');
  });

  it('gives the result of the ingest in --json, with the text where a format was named', async () => {
    await run('show', 'v1', '--json', '--format', 'srt');
    const [record] = io.stdout.records;
    expect(record).toMatchObject({ type: 'result', id: 'v1', format: 'srt' });
    expect(record?.['text']).toMatch(/^1\n/);
  });

  it('ends with 4 for an unknown video', async () => {
    expect(await run('show', 'nope')).toBe(4);
    expect(io.stderr.text).toBe('✗ There is no video nope.\n  → Look at earshot list.\n');
    expect(await run('show', 'nope', '--json')).toBe(4);
    expect(io.stdout.records).toEqual([
      {
        type: 'failed',
        error: {
          code: 'library.not-found',
          message: 'There is no video nope.',
          action: 'Look at earshot list.',
        },
      },
    ]);
    expect(earshot.closed).toBe(2);
  });
});

describe('earshot search', () => {
  it('prints time, title, link and words', async () => {
    expect(await run('search', 'begin', 'here')).toBe(0);
    expect(io.stdout.text).toBe(
      `Title of v1 [1:01] v1 https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=61s
  Speaker 1: Let us [begin here]. by words
`,
    );
  });

  it('searches by meaning', async () => {
    await run('search', '--semantic', '--limit', '5', 'x', '--json');
    expect(io.stdout.records).toMatchObject([
      { type: 'hit', segment: 3, snippet: 'Let us [x]. by meaning' },
      { type: 'result', command: 'search', count: 1 },
    ]);
  });

  it('says that nothing was found', async () => {
    expect(await run('search', 'absent')).toBe(0);
    expect(io.stderr.text).toBe('Nothing was found. Search by meaning with --semantic.\n');
  });
});

describe('earshot remove', () => {
  it('asks on a terminal', async () => {
    io.onTerminal().answer = false;
    expect(await run('remove', 'v1')).toBe(130);
    expect(earshot.removed).toEqual([]);
    expect(io.questions[0]).toContain('"会議 about 👂 ears" (v1)');
    io.answer = true;
    expect(await run('remove', 'v1')).toBe(0);
    expect(earshot.removed).toEqual(['v1']);
  });

  it.each([
    [['--yes'], true],
    [[], false],
  ])('does not ask with %j', async (flags, terminal) => {
    if (terminal) io.onTerminal();
    expect(await run('remove', 'v1', '--json', ...flags)).toBe(0);
    expect(io.questions).toEqual([]);
    expect(io.stdout.records).toEqual([{ type: 'result', command: 'remove', video: VIDEO }]);
  });

  it('asks also where only the beginning of the id was given', async () => {
    io.onTerminal().answer = false;
    expect(await run('remove', 'v')).toBe(130);
    expect(io.questions[0]).toContain('(v1)');
    expect(earshot.removed).toEqual([]);
  });

  it('does not ask about what is not there', async () => {
    expect(await main(['remove', 'nope'], io.onTerminal(), earshot.create)).toBe(4);
    expect(io.questions).toEqual([]);
  });
});

describe('earshot models', () => {
  it('lists licence and credit', async () => {
    expect(await run('models', 'list')).toBe(0);
    expect(io.stdout.text).toBe(
      `Name            What it does               Kind     State        Size  Licence
moonshine-tiny  Recognises English speech  bundled  verified  27.1 MB  MIT

Credits
  moonshine-tiny: Useful Sensors · MIT · https://example.org/moonshine
`,
    );
  });

  it('gets one with consent', async () => {
    expect(await run('models', 'get', 'moonshine-base', '--yes')).toBe(0);
    expect(io.stdout.text).toContain('moonshine-base is ready (27.1 MB, MIT). Useful Sensors');
    expect(await run('models', 'get', 'moonshine-base')).toBe(5);
  });
});

describe('earshot doctor', () => {
  it('lists what is well and what to do', async () => {
    expect(await run('doctor')).toBe(0);
    expect(io.stdout.text).toBe(
      '✓ ffmpeg: 7.1, bundled\n! yt-dlp: not there\n    → Install yt-dlp.\n',
    );
  });

  it('ends with 1 where something is wrong', async () => {
    earshot.checks.push({ name: 'models', status: 'error', detail: 'damaged', action: 'Get it.' });
    expect(await run('doctor', '--json')).toBe(1);
    expect(io.stdout.records.at(-1)).toEqual({
      type: 'result',
      command: 'doctor',
      checks: 3,
      errors: 1,
      warnings: 1,
    });
  });

  it('finds that the library cannot be opened', async () => {
    const failing = () =>
      Promise.reject(new EarshotError('store.newer-version', 'Newer.', 'Update Earshot.'));
    expect(await main(['doctor'], io, failing)).toBe(1);
    expect(io.stdout.text).toBe('✗ start: Newer.\n    → Update Earshot.\n');
  });
});

describe('earshot targets', () => {
  it('is a table with origins', async () => {
    expect(await run('targets')).toBe(0);
    expect(io.stdout.text).toBe(
      `Name              What is held                   Limit          From
real-time-factor  Wall time per second of audio  ≤ 0.02 s/s     default
text-throughput   Texts embedded                 ≥ 200 texts/s  /project/earshot.config.json
peak-memory       Peak memory                    ≤ 1.5 GB       settings
voice-coverage    Segments with a voice          ≥ 95 %         default
`,
    );
  });
});

describe('earshot report', () => {
  it('prints the report, or an export', async () => {
    await run('report', 'v1');
    await run('report', 'v1', '--format', 'otlp');
    expect(io.stdout.text).toBe('# Run of v1\n{"otlp":"v1"}\n');
  });

  it('writes a file as a whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-report-'));
    const file = join(folder, 'run.json');
    expect(await run('report', 'v1', '-f', 'chrome', '-o', file, '--json')).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('{"chrome":"v1"}\n');
    expect(readdirSync(folder)).toEqual(['run.json']);
    expect(io.stdout.records).toEqual([
      { type: 'result', command: 'report', format: 'chrome', file },
    ]);
    rmSync(folder, { recursive: true });
    expect(await run('report', 'v1', '-o', file)).toBe(1);
    expect(io.stderr.text).toContain('cannot be written (ENOENT)');
  });

  it('does not mix an export with --json', async () => {
    expect(await run('report', 'v1', '-f', 'otlp', '--json')).toBe(2);
  });
});

describe('earshot', () => {
  it.each([
    [['--version'], /^1\.2\.3\n$/],
    [['--help'], /Exit codes:[\s\S]*Examples:/],
    ...['ingest', 'rerun', 'list', 'show', 'search', 'remove', 'report', 'doctor', 'targets'].map(
      (name): [string[], RegExp] => [[name, '--help'], /Examples:\n {2}earshot /],
    ),
    [['--help'], /Exit codes:[^]*Environment:\n {2}EARSHOT_HOME/],
    [['models', 'list', '--help'], /Examples:/],
    [['models', 'get', '--help'], /Examples:/],
  ])('%j helps', async (argv, text) => {
    expect(await run(...argv)).toBe(0);
    expect(io.stdout.text).toMatch(text);
    expect(io.stderr.text).toBe('');
  });

  it.each([
    [[]],
    [['ingst', 'x']],
    [['ingest']],
    [['ingest', '']],
    [['ingest', 'x', '--frobnicate']],
    [['ingest', 'x', '--speakers', '0']],
    [['ingest', 'x', '--speakers', '4..2']],
    [['ingest', 'x', '--speakers', 'two']],
    [['show', 'v1', '--format', 'pdf']],
    [['search', 'x', '--limit', '0']],
    [['models']],
  ])('%j is wrong usage', async (argv) => {
    expect(await run(...argv)).toBe(2);
    expect(io.stderr.text).not.toBe('');
    expect(io.stdout.text).toBe('');
  });

  it('tells a program of wrong usage too', async () => {
    expect(await run('ingest', '--json')).toBe(2);
    expect(io.stdout.records).toMatchObject([{ type: 'failed', error: { code: 'usage' } }]);
  });

  it.each([[['--json']], [['profile', '--json']], [['models', '--json']]])(
    'tells a program that %j names no command',
    async (argv) => {
      expect(await run(...argv)).toBe(2);
      expect(io.stdout.records).toMatchObject([
        { type: 'failed', error: { code: 'usage', message: 'There is no command.' } },
      ]);
    },
  );

  it('says how the run of a video is made again', async () => {
    earshot.runReport = () => {
      throw new ProfilerError('codec.damaged', 'It is damaged.');
    };
    expect(await run('report', 'v1')).toBe(7);
    expect(io.stderr.text).toBe('✗ It is damaged.\n  → Record a new run: earshot rerun ID.\n');
  });

  it('prints a stack only with EARSHOT_DEBUG=1', async () => {
    earshot.list = () => {
      throw new Error('unforeseen', { cause: new Error('deeper') });
    };
    expect(await run('list')).toBe(1);
    expect(io.stderr.text).not.toContain(' at ');
    io.env['EARSHOT_DEBUG'] = '1';
    await run('list');
    expect(io.stderr.text).toMatch(/ at [\s\S]*Error: deeper/);
  });

  it.each([
    [{}, [], true],
    [{ NO_COLOR: '1' }, [], false],
    [{ TERM: 'dumb' }, [], false],
    [{}, ['--no-color'], false],
  ])('with %j %j has colours on a terminal: %j', async (env, flags, coloured) => {
    Object.assign(io.onTerminal().env, env);
    await run('doctor', ...flags);
    expect(io.stdout.text.includes('\u001b[')).toBe(coloured);
  });
});

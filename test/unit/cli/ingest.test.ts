import { beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { CancelledError, EarshotError } from '../../../src/pipeline/earshotError.ts';
import { IngestEvent } from '../../../src/protocol/ingest.ts';
import { FakeEarshot, tellIngest } from './fakeEarshot.ts';
import { FakeIo } from './fakeIo.ts';

let io: FakeIo;
let earshot: FakeEarshot;
beforeEach(() => {
  io = new FakeIo();
  earshot = new FakeEarshot();
});
const run = (...argv: string[]) => main(argv, io, earshot.create);

const PRIVATE = new EarshotError('ytdlp.private', 'The video is private.', 'Ask for access.');
const SILENT = new EarshotError('media.no-audio', 'There is no audio in it.', 'Use another file.');

describe('earshot ingest', () => {
  it('prints the transcript to stdout, and all else as quiet lines to stderr', async () => {
    expect(await run('ingest', 'talk.mp3')).toBe(0);
    expect(io.stdout.text).toMatch(
      /^Two people talk\n\n== Opening \[0:00\] ==\n\n\[0:00\] Speaker 1: Good/,
    );
    expect(io.stderr.text).toBe(`Title of v1 (v1)
  Download: cached
  Decode …
  Decode: done after 0.3 s
! One segment is uncertain.
  → Listen to it.
12:34 of audio took 15 s, 50× real time (RTF 0.02).
  embeddings: own 50.00 % · widened 25.00 % · none 25.00 %
Show it again with: earshot show v1
`);
    expect(earshot.closed).toBe(1);
    expect(io.listening).toBe(0);
  });

  it('passes what was asked for to the pipeline', async () => {
    await run(
      'ingest',
      '--force',
      '--playlist',
      '--speakers',
      '2..4',
      '--yes',
      '--',
      '-odd name.wav',
    );
    expect(earshot.requests).toEqual([
      {
        source: '-odd name.wav',
        force: true,
        playlist: true,
        speakers: { min: 2, max: 4 },
        yes: true,
      },
    ]);
    expect(earshot.options).toMatchObject({ home: '/home/me/earshot', workspace: '/project' });
  });

  it('takes the folder, the programs and the model that it is given', async () => {
    io.env['EARSHOT_FFMPEG'] = '/opt/ffmpeg';
    await run('ingest', 'a.mp3', '--home', 'here', '--model', 'moonshine-base');
    expect(earshot.options).toMatchObject({
      home: '/project/here',
      ffmpegPath: '/opt/ffmpeg',
      recognitionModel: 'moonshine-base',
    });
  });

  it('writes every event as a line of --json, and the result last', async () => {
    expect(await run('ingest', 'talk.mp3', '--json')).toBe(0);
    const { records } = io.stdout;
    expect(records.map(({ type }) => type)).toEqual([
      'started',
      'stage',
      'stage',
      'progress',
      'stage',
      'notice',
      'result',
    ]);
    for (const record of records) IngestEvent.parse(record);
    expect(Object.keys(records.at(-1) ?? {})).toEqual(
      expect.arrayContaining(['type', 'id', 'runId', 'transcript', 'ledger', 'stages']),
    );
    expect(io.stderr.text).toBe('');
  });

  it('says only results and warnings with --quiet', async () => {
    await run('ingest', 'talk.mp3', '--quiet');
    expect(io.stderr.text).toBe('! One segment is uncertain.\n  → Listen to it.\n');
    expect(io.stdout.text).toContain('Good morning');
  });

  it('tells the findings of the run at its end, remarks left out', async () => {
    const finding = { kind: 'repeated-load', fix: '', wastedSeconds: 12 };
    earshot.script = (request, talk) =>
      Promise.resolve([
        {
          ...tellIngest(talk, 'v1', request.source),
          runId: 'run-9',
          findings: [
            { ...finding, severity: 'error', title: 'talk.wav was loaded 43 times' },
            { ...finding, severity: 'info', title: 'a remark', wastedSeconds: null },
          ],
        },
      ]);
    await run('ingest', 'a.mp4');
    expect(io.stderr.text).toContain(
      'Findings:\n  error: talk.wav was loaded 43 times (12 s lost)\n' +
        'Why, where and what to do: earshot profile report run-9\n',
    );
    expect(io.stderr.text).not.toContain('a remark');
  });

  it('goes on after a source that failed, and ends with 3', async () => {
    earshot.script = ({ source }, talk) =>
      source === 'bad'
        ? Promise.reject(PRIVATE)
        : Promise.resolve([tellIngest(talk, source, source)]);
    expect(await run('ingest', 'a', 'bad', 'b')).toBe(3);
    expect(io.stdout.text.match(/Two people talk/g)).toHaveLength(2);
    expect(io.stderr.text).toMatch(/✗ bad: The video is private\.\n {2}→ Ask for access\.\n$/);
  });

  it('ends with the code of the error when there is no other outcome', async () => {
    earshot.script = () => Promise.reject(SILENT);
    expect(await run('ingest', 'a', 'b')).toBe(6);
    expect(await run('ingest', 'a')).toBe(6);
    expect(io.stderr.text).toMatch(/✗ There is no audio in it\.\n {2}→ Use another file\.\n$/);
  });

  it('does not tell of a failure twice', async () => {
    earshot.script = ({ source }, talk) => {
      const { code, message, action } = SILENT;
      const error = { code, message, action };
      talk.onEvent({ type: 'failed', id: 'v1', runId: 'r1', source, error });
      return Promise.reject(SILENT);
    };
    expect(await run('ingest', 'a', '--json')).toBe(6);
    expect(io.stdout.records).toHaveLength(1);
    expect(io.stdout.records[0]).toMatchObject({ type: 'failed', id: 'v1', source: 'a' });
  });

  it('counts the failures of a playlist', async () => {
    earshot.script = ({ source }, talk) => {
      const results = [tellIngest(talk, 'v1', source)];
      const error = { code: 'ytdlp.private', message: 'Private.', action: 'Ask.' };
      talk.onEvent({ type: 'failed', id: 'v2', runId: null, source: 'entry 2', error });
      talk.onEvent({ type: 'playlist', title: 'Talks', entries: 2, done: 1, failed: 1 });
      return Promise.resolve(results);
    };
    expect(await run('ingest', '--playlist', 'url')).toBe(3);
    expect(io.stderr.text).toContain('Playlist Talks: 1 of 2 done, 1 failed\n');
    expect(io.stderr.text).toContain('✗ entry 2: Private.\n  → Ask.\n');
  });

  it('writes a failure of the start as an event too', async () => {
    const failing = () =>
      Promise.reject(new EarshotError('store.newer-version', 'Newer.', 'Update Earshot.'));
    expect(await main(['ingest', 'a', '--json'], io, failing)).toBe(7);
    const event = IngestEvent.parse(io.stdout.records.at(-1));
    expect(event).toMatchObject({ type: 'failed', error: { code: 'store.newer-version' } });
  });

  it('keeps control characters of a title away from the terminal', async () => {
    earshot.script = ({ source }, talk) => {
      const title = 'evil\u001b[2J\ntitle';
      talk.onEvent({ type: 'started', id: 'v', runId: 'r', source, title });
      return Promise.reject(new EarshotError('x.y', 'bad \u001b]0;z\u0007 name', 'do'));
    };
    await run('ingest', 'a');
    expect(io.stderr.text).not.toMatch(/[\u001b\u0007]/);
    expect(io.stderr.text).toContain('evil[2J title (v)\n');
  });
});

describe('consent', () => {
  const asking = () => {
    const answers: boolean[] = [];
    earshot.script = async ({ source }, talk) => {
      answers.push(await talk.consent('Install yt-dlp?'));
      return [tellIngest(talk, 'v1', source)];
    };
    return answers;
  };

  it('is no where nobody can be asked, and says how to give it', async () => {
    const answers = asking();
    await run('ingest', 'url');
    expect(answers).toEqual([false]);
    expect(io.stderr.text).toContain('! Install yt-dlp?\n  → Nobody can be asked here; pass --yes');
  });

  it('is given by --yes', async () => {
    const answers = asking();
    await run('ingest', 'url', '--yes');
    expect(answers).toEqual([true]);
    expect(io.questions).toEqual([]);
  });

  it('is asked for on a terminal', async () => {
    const answers = asking();
    io.onTerminal();
    await run('ingest', 'url');
    expect(answers).toEqual([true]);
    expect(io.questions).toEqual(['Install yt-dlp?']);
  });
});

describe('cancelling', () => {
  it('stops the work at the first signal and ends with 130', async () => {
    const sources: string[] = [];
    earshot.script = ({ source }, talk) => {
      sources.push(source);
      io.send('SIGINT');
      return talk.signal.aborted ? Promise.reject(new CancelledError()) : Promise.resolve([]);
    };
    expect(await run('ingest', 'a', 'b', '--json')).toBe(130);
    expect(sources).toEqual(['a']);
    expect(io.exits).toEqual([]);
    expect(io.stdout.records).toEqual([{ type: 'cancelled', id: null, source: 'a' }]);
    expect(io.stderr.text).toContain('can be resumed');
    expect(earshot.closed).toBe(1);
  });

  it('takes an error after the signal for the cancellation that it is', async () => {
    earshot.script = () => {
      io.send('SIGTERM');
      return Promise.reject(new Error('aborted'));
    };
    expect(await run('ingest', 'a')).toBe(130);
    expect(io.stderr.text).not.toContain('✗');
  });

  it('ends at once at the second signal, but not for an echo of the first', async () => {
    earshot.script = () => {
      io.send('SIGHUP');
      io.clock -= 240;
      io.send('SIGINT');
      expect(io.exits).toEqual([]);
      io.send('SIGINT');
      expect(io.exits).toEqual([130]);
      return Promise.reject(new CancelledError());
    };
    await run('ingest', 'a');
  });
});

describe('earshot rerun', () => {
  it('passes stage and speakers on, and reports as ingest does', async () => {
    expect(await run('rerun', 'v1', '--only', 'diarise', '--speakers', '3')).toBe(0);
    expect(earshot.requests).toEqual([{ id: 'v1', only: 'diarise', speakers: { min: 3, max: 3 } }]);
    expect(io.stdout.text).toContain('Good morning');
  });

  it.each([
    [['rerun', 'v1', '--from', 'nothing']],
    [['rerun', 'v1', '--from', 'voice', '--only', 'voice']],
    [['rerun']],
  ])('refuses %j', async (argv) => {
    expect(await run(...argv)).toBe(2);
    expect(earshot.requests).toEqual([]);
  });
});

import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { libraryContent, libraryFaults } from '../helpers/library.ts';
import { type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import { untilGone } from '../helpers/processes.ts';
import {
  failureOf,
  ingest,
  jsonLines,
  outcomeOf,
  resultOf,
  runCli,
  RunningCli,
} from '../helpers/realCli.ts';
import { until } from '../helpers/until.ts';
import { wordErrorRate } from '../helpers/words.ts';
import { testYtDlp } from '../media/fixtures.ts';
import { MediaServer, type Route } from '../media/mediaServer.ts';

const ONE = readFileSync(speech('hard/one-word.flac'));
const TALK = readFileSync(speech('hard/telephone-8k.wav'));
const TALK_WORDS =
  'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness,';

let folder: Folder;
let server: MediaServer;
let homes = 0;
let home: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());
beforeEach(async () => {
  home = join(folder.path, `home-${++homes}`);
  server = await MediaServer.start();
  return () => server[Symbol.asyncDispose]();
});

const talk = (more: Partial<Route> = {}): Route => ({
  ...{ body: TALK, type: 'audio/wav', etag: '"talk-1"' },
  ...more,
});

describe('a media address', () => {
  it('becomes a transcript, and is fetched once', async () => {
    server.routes.set('/talks/best%20of%20times.wav', talk());
    const address = server.url('/talks/best%20of%20times.wav#t=5').href;
    const outcome = await ingest([address], { home });
    const { transcript, stages } = resultOf(outcome);
    expect(transcript.title).toBe('best of times');
    expect(transcript.source).toBe(address.replace('#t=5', ''));
    const heard = transcript.segments.map(({ text }) => text).join(' ');
    expect(wordErrorRate(heard, TALK_WORDS), heard).toBeLessThanOrEqual(0.1);
    expect(stages[0]).toMatchObject({ stage: 'download', state: 'done', itemsIn: TALK.length });
    const fractions = outcome.events.flatMap((event) =>
      event.type === 'progress' && event.stage === 'download' ? [event.fraction] : [],
    );
    expect(fractions.at(-1)).toBe(1);

    const requests = server.requests.length;
    expect(resultOf(await ingest([address], { home })).cached).toBe(true);
    expect(server.requests.length).toBe(requests);
    const removed = await runCli(['remove', resultOf(outcome).id], { home });
    expect(removed.code).toBe(0);
    expect(readdirSync(homeLayout(home).downloads)).toEqual([]);
  });

  it('whose connection breaks half way is gone on with', async () => {
    // Larger than what lies unread in buffers when a connection breaks: that much has to be fetched again.
    const body = readFileSync(speech('two-speakers.opus'));
    const half = 200_000;
    server.routes.set('/talk.opus', { body, type: 'audio/ogg', etag: '"1"', cutAfterBytes: half });
    const { transcript } = resultOf(await ingest([server.url('/talk.opus').href], { home }));
    expect(transcript.durationSeconds).toBeCloseTo(88.3, 1);
    const [, from] =
      /^bytes=(\d+)-$/.exec(server.requestsTo('/talk.opus').at(-1)?.range ?? '') ?? [];
    expect(Number(from)).toBeGreaterThan(0);
    expect(Number(from)).toBeLessThanOrEqual(half);
    expect(server.sentBytes.get('/talk.opus')).toBe(1 + half + body.length - Number(from));
  });

  it('is gone on with by a second run where the first was killed', async () => {
    const half = TALK.length >> 1;
    server.routes.set('/talk.wav', talk({ stallAfterBytes: half }));
    const address = server.url('/talk.wav').href;
    const cli = new RunningCli(['ingest', '--json', address], { home });
    const downloads = homeLayout(home).downloads;
    await until('half of it is on the disk', () => {
      if (!existsSync(downloads)) return false;
      return readdirSync(downloads).some(
        (name) => name.endsWith('.part') && readFileSync(join(downloads, name)).length === half,
      );
    });
    cli.kill('SIGKILL');
    await cli.ended;
    await untilGone(cli.pid);
    server.routes.set('/talk.wav', talk());
    const { transcript, stages } = resultOf(await ingest([address], { home }));
    expect(transcript.durationSeconds).toBeCloseTo(7.3, 1);
    expect(server.requestsTo('/talk.wav').at(-1)?.range).toBe(`bytes=${half}-`);
    expect(stages[0]).toMatchObject({ itemsIn: TALK.length, itemsOut: TALK.length - half });
  });

  it('cancelled in the download keeps what has come', async () => {
    const half = TALK.length >> 1;
    server.routes.set('/talk.wav', talk({ stallAfterBytes: half }));
    const address = server.url('/talk.wav').href;
    const cli = new RunningCli(['ingest', '--json', address], { home });
    await until('the server has sent half', () => (server.sentBytes.get('/talk.wav') ?? 0) > half);
    await cli.said('"stage":"download","fraction":0.');
    cli.kill('SIGINT');
    const cancelled = outcomeOf(await cli.ended);
    expect(cancelled).toMatchObject({ code: 130, last: { type: 'cancelled', source: address } });
    server.routes.set('/talk.wav', talk());
    resultOf(await ingest([address], { home }));
    expect(server.requestsTo('/talk.wav').at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it.each([
    ['is not there', { status: 404 }, 'download.not-found', 4],
    ['is forbidden', { status: 403 }, 'download.forbidden', 1],
    ['is too popular', { status: 429 }, 'download.rate-limited', 1],
    ['is empty', { body: '', type: 'audio/wav' }, 'media.empty', 6],
    ['is text with a name of sound', { body: 'words', type: 'audio/wav' }, 'media.unreadable', 6],
  ] as const)('that %s', async (_what, route, code, exit) => {
    server.routes.set('/talk.wav', route);
    const failure = failureOf(await ingest([server.url('/talk.wav').href], { home }));
    expect(failure).toMatchObject({ code, exit });
    expect(failure.action).not.toBe('');
    const [video] = jsonLines((await runCli(['list', '--json'], { home })).stdout);
    expect(video).toMatchObject({ state: 'failed', errorMessage: failure.message });
    expect(libraryContent(home)?.segments).toEqual([]);
  });

  it('of a server that refuses, or of no server at all', async () => {
    const address = server.url('/talk.wav').href;
    await server[Symbol.asyncDispose]();
    for (const source of [address, 'http://host.invalid/talk.wav']) {
      const failure = failureOf(await ingest([source], { home }));
      expect(failure).toMatchObject({ code: 'download.network', exit: 1 });
    }
    server = await MediaServer.start();
  });
});

describe('through yt-dlp', () => {
  let tools: string;
  beforeAll(async () => {
    const script = (await testYtDlp()).tool.prefixArguments.at(-1) ?? '';
    tools = dirname(dirname(dirname(dirname(script))));
  });
  beforeEach(() => {
    mkdirSync(home, { recursive: true });
    symlinkSync(tools, join(home, 'tools'));
  });

  const feed = (...paths: string[]): Route => ({
    type: 'application/rss+xml',
    body:
      '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>' +
      paths
        .map((path) => `<item><title>${path}</title><link>${server.url(path).href}</link></item>`)
        .join('') +
      '</channel></rss>',
  });

  it('a playlist is ingested entry by entry, and one failure does not stop the rest', async () => {
    server.routes.set('/one.flac', { body: ONE, type: 'audio/flac' });
    server.routes.set('/talk.wav', talk());
    server.routes.set('/feed', feed('/one.flac', '/missing.wav', '/talk.wav'));
    const list = server.url('/feed').href;
    const outcome = await ingest(['--playlist', '--yes', list], { home });
    expect(outcome.code).toBe(3);
    const results = outcome.events.filter((event) => event.type === 'result');
    expect(results.map(({ transcript }) => transcript.source)).toEqual([
      server.url('/one.flac').href,
      server.url('/talk.wav').href,
    ]);
    expect(results[0]?.transcript.segments[0]?.text).toBe('One.');
    expect(outcome.events.filter((event) => event.type === 'failed')).toMatchObject([
      { source: server.url('/missing.wav').href, error: { code: 'download.not-found' } },
    ]);
    const counts = outcome.events.filter((event) => event.type === 'playlist');
    expect(counts.at(-1)).toMatchObject({ title: 'Feed', entries: 3, done: 2, failed: 1 });
    expect(new Set(results.map(({ runId }) => runId)).size).toBe(2);
    expect(libraryFaults(home)).toEqual([]);
  });

  it('a playlist where one video was meant is refused', async () => {
    server.routes.set('/feed', feed('/one.flac', '/talk.wav'));
    const failure = failureOf(await ingest(['--yes', server.url('/feed').href], { home }));
    expect(failure).toMatchObject({ code: 'source.playlist', exit: 2 });
    expect(failure.action).toContain('--playlist');
  });

  it('a page with a film in it is that film', async () => {
    server.routes.set('/film.mp4', { body: TALK, type: 'video/mp4' });
    server.routes.set('/page', {
      type: 'text/html',
      body: '<html><head><title>A talk</title></head><body><video src="/film.mp4"></video></body></html>',
    });
    const { transcript } = resultOf(await ingest(['--yes', server.url('/page').href], { home }));
    expect(transcript.title).toContain('A talk');
    const heard = transcript.segments.map(({ text }) => text).join(' ');
    expect(wordErrorRate(heard, TALK_WORDS), heard).toBeLessThanOrEqual(0.1);
  });

  it('a page without media is said to be one', async () => {
    server.routes.set('/page', { type: 'text/html', body: '<p>Only words.</p>' });
    const failure = failureOf(await ingest(['--yes', server.url('/page').href], { home }));
    expect(failure).toMatchObject({ code: 'ytdlp.not-a-media-page', exit: 1 });
  });
});

it('asks before yt-dlp is installed, and a script that does not consent is told how to', async () => {
  server.routes.set('/page', { type: 'text/html', body: '<p>Only words.</p>' });
  // A PATH with a Python and nothing else, so that no yt-dlp of the machine is found.
  const python = await execa('python3', ['-c', 'import sys; print(sys.executable)']);
  const path = join(folder.path, 'python-only');
  mkdirSync(path);
  symlinkSync(python.stdout, join(path, 'python3'));
  const outcome = await ingest([server.url('/page').href], { home, env: { PATH: path } });
  const failure = failureOf(outcome);
  expect(failure).toMatchObject({ code: 'ytdlp.consent-refused', exit: 5 });
  expect(failure.action).toContain('--yes');
  expect(existsSync(join(home, 'tools', 'yt-dlp', 'yt_dlp'))).toBe(false);
});

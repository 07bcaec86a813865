import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  downloadMedia,
  stemOf,
  type DownloadOptions,
} from '../../../src/pipeline/media/download.ts';
import { resolveMedia } from '../../../src/pipeline/media/resolve.ts';
import type { ResolvedMedia } from '../../../src/pipeline/media/resolvedMedia.ts';
import { parseSource } from '../../../src/pipeline/media/sourceKind.ts';
import type { TransferProgress } from '../../../src/pipeline/media/transferRate.ts';
import {
  downloadWithYtDlp,
  listWithYtDlp,
  type YtDlp,
} from '../../../src/pipeline/media/ytDlpRun.ts';
import { temporaryFolder, testYtDlp, toneWav } from './fixtures.ts';
import { MediaServer, type Route } from './mediaServer.ts';

const CONTENT = randomBytes(3_000_000);
const CUT = 1_000_000;
const QUICK = { retries: 0, socketTimeoutSeconds: 5 };
let ytDlp: YtDlp;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: MediaServer;

beforeAll(async () => {
  ytDlp = await testYtDlp();
});
beforeEach(async () => {
  folder = await temporaryFolder();
  server = await MediaServer.start();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const getYtDlp = () => Promise.resolve(ytDlp);
const page = (body: string): Route => ({ type: 'text/html', body: `<html>${body}</html>` });

/** A page that embeds one film, which only yt-dlp finds. */
function pageWithMedia(media: Route): URL {
  server.routes.set('/film.mp4', { body: CONTENT, type: 'video/mp4', etag: '"1"', ...media });
  server.routes.set('/page', page('<title>A talk</title><video src="/film.mp4"></video>'));
  return server.url('/page');
}

/** A YouTube listing whose only format lies on the local server, as the real one would look. */
function youtubeListing(changes: Record<string, unknown> = {}): ResolvedMedia {
  const info = {
    id: 'dQw4w9WgXcQ',
    title: 'A talk',
    extractor: 'youtube',
    extractor_key: 'Youtube',
    webpage_url: server.url('/watch').href,
    formats: [
      {
        format_id: '251',
        url: server.url('/audio.webm').href,
        ext: 'webm',
        acodec: 'opus',
        vcodec: 'none',
        protocol: 'https',
      },
    ],
    ...changes,
  };
  const { metadata } = resolvedStub;
  const origin = {
    kind: 'ytdlp',
    url: server.url('/watch'),
    youtube: { videoId: 'dQw4w9WgXcQ' },
    infoJson: JSON.stringify(info),
  } as const;
  return { kind: 'media', metadata, origin };
}

const resolvedStub = {
  metadata: {
    id: 'dQw4w9WgXcQ',
    extractor: 'youtube',
    title: 'A talk',
    uploader: null,
    channel: null,
    durationSeconds: null,
    uploadDate: null,
    webpageUrl: null,
    language: null,
    chapters: [],
    isLive: false,
  },
};

const download = (media: ResolvedMedia, options: Partial<DownloadOptions> = {}) =>
  downloadMedia(media, { directory: folder.path, getYtDlp, settings: QUICK, ...options });

describe('the real yt-dlp', () => {
  test('finds and downloads the film of a page, with progress', async () => {
    const address = pageWithMedia({});
    const media = await resolveMedia(parseSource(address.href), { getYtDlp, playlist: false });
    if (media.kind !== 'media') throw new Error('not a single medium');
    expect(media.metadata).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      title: expect.stringContaining('A talk'),
    });
    const seen: TransferProgress[] = [];
    const got = await download(media, { onProgress: (progress) => seen.push(progress) });
    expect(await readFile(got.path)).toEqual(CONTENT);
    expect(got.resumedFromBytes).toBe(0);
    expect(path.basename(got.path)).toBe(`${stemOf(media)}.mp4`);
    expect(seen.at(-1)).toMatchObject({ doneBytes: CONTENT.length, totalBytes: CONTENT.length });
  });

  test('goes on after a broken download, fetching no byte twice', async () => {
    server.routes.set('/audio.webm', { body: CONTENT, type: 'audio/webm', cutAfterBytes: CUT });
    // Without a page to ask again, the broken connection is the end of the first try.
    server.routes.set('/watch', { status: 404 });
    const media = youtubeListing();
    await expect(download(media)).rejects.toMatchObject({
      code: expect.stringMatching(/^ytdlp\./),
    });
    const part = (await readdir(folder.path)).find((name) => name.endsWith('.part'));
    const kept = (await stat(path.join(folder.path, part ?? 'no part was left'))).size;
    expect(kept).toBeGreaterThan(0);
    const got = await download(media);
    expect(got.resumedFromBytes).toBe(kept);
    expect(await readFile(got.path)).toEqual(CONTENT);
    expect(server.requestsTo('/audio.webm').at(-1)?.range).toBe(`bytes=${kept}-`);
    const sent = server.sentBytes.get('/audio.webm') ?? 0;
    expect(sent).toBe(CUT + CONTENT.length - kept);
  });

  test('uses a finished download again without a request', async () => {
    server.routes.set('/audio.webm', { body: CONTENT, type: 'audio/webm' });
    const first = await download(youtubeListing());
    const requests = server.requests.length;
    expect(await download(youtubeListing())).toMatchObject({ sha256: first.sha256 });
    expect(server.requests.length).toBe(requests);
  });

  test('lists a feed as entries of their own, once each', async () => {
    const item = (title: string, link: string) =>
      `<item><title>${title}</title><link>${link}</link></item>`;
    const one = server.url('/one.mp3').href;
    server.routes.set('/feed', {
      type: 'application/rss+xml',
      body:
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>' +
        `${item('One', one)}${item('Two', server.url('/two.mp3').href)}${item('Again', one)}` +
        '</channel></rss>',
    });
    const source = parseSource(server.url('/feed').href);
    const list = await resolveMedia(source, { getYtDlp, playlist: true, settings: QUICK });
    expect(list).toMatchObject({
      kind: 'playlist',
      title: 'Feed',
      entries: [{ title: 'One' }, { title: 'Two' }],
    });
    await expect(resolveMedia(source, { getYtDlp, settings: QUICK })).rejects.toMatchObject({
      code: 'source.playlist',
      action: expect.stringContaining('--playlist'),
    });
  });

  test('a page with several films is a playlist whose entries can be downloaded', async () => {
    const tone = await toneWav(folder.path, 1);
    server.routes.set('/a.mp4', { body: tone, type: 'video/mp4' });
    server.routes.set('/b.mp4', { body: CONTENT, type: 'video/mp4' });
    server.routes.set('/films', page('<video src="/a.mp4"></video><video src="/b.mp4"></video>'));
    const source = parseSource(server.url('/films').href);
    const list = await resolveMedia(source, { getYtDlp, playlist: true, settings: QUICK });
    if (list.kind !== 'playlist') throw new Error('not a playlist');
    expect(list.entries.map(({ url }) => url.pathname)).toEqual(['/a.mp4', '/b.mp4']);
    expect(list.rejected).toEqual([]);
  });

  test('never reads options out of an address', async () => {
    const address = server.url('/--exec=touch%20pwned');
    await expect(listWithYtDlp(ytDlp, address, { playlist: false })).rejects.toMatchObject({
      code: expect.stringMatching(/^ytdlp\./),
    });
    expect(server.requestsTo('/--exec=touch%20pwned')).not.toEqual([]);
  });
});

describe('failures of the real yt-dlp', () => {
  test.each([
    [401, 'ytdlp.members-or-private'],
    [403, 'ytdlp.forbidden'],
    [404, 'ytdlp.removed'],
    [410, 'ytdlp.removed'],
    [429, 'ytdlp.rate-limited'],
    [500, 'ytdlp.server'],
    [503, 'ytdlp.server'],
  ])('HTTP status %i on a page is %s', async (status, code) => {
    server.routes.set('/page', { status });
    await expect(
      listWithYtDlp(ytDlp, server.url('/page'), { playlist: false, settings: QUICK }),
    ).rejects.toMatchObject({ code });
  });

  test('a page without media', async () => {
    server.routes.set('/words', page('<p>Only words.</p>'));
    const source = parseSource(server.url('/words').href);
    await expect(resolveMedia(source, { getYtDlp, settings: QUICK })).rejects.toMatchObject({
      code: 'ytdlp.not-a-media-page',
    });
  });

  test('a refused connection', async () => {
    const address = server.url('/page');
    await server[Symbol.asyncDispose]();
    await expect(
      listWithYtDlp(ytDlp, address, { playlist: false, settings: QUICK }),
    ).rejects.toMatchObject({ code: 'ytdlp.network' });
    server = await MediaServer.start();
  });

  test('an unknown host', async () => {
    const address = new URL('http://host.invalid/page');
    await expect(
      listWithYtDlp(ytDlp, address, { playlist: false, settings: QUICK }),
    ).rejects.toMatchObject({ code: 'ytdlp.network' });
  });

  test('a server that goes silent', async () => {
    server.routes.set('/page', { body: CONTENT, type: 'text/html', stallAfterBytes: 100 });
    const settings = { retries: 0, socketTimeoutSeconds: 1 };
    await expect(
      listWithYtDlp(ytDlp, server.url('/page'), { playlist: false, settings }),
    ).rejects.toMatchObject({ code: 'ytdlp.network' });
  });

  test.each([[false], [true]])('a file too large (length left out: %s)', async (chunked) => {
    server.routes.set('/audio.webm', { body: CONTENT, type: 'audio/webm', chunked });
    await expect(download(youtubeListing(), { maxBytes: CUT })).rejects.toMatchObject({
      code: 'ytdlp.too-large',
    });
  });

  test('a live stream', async () => {
    await expect(
      download(youtubeListing({ is_live: true, live_status: 'is_live' })),
    ).rejects.toMatchObject({ code: 'ytdlp.live-or-upcoming' });
  });

  test('no format that can be downloaded', async () => {
    server.routes.set('/watch', { status: 404 });
    const infoFile = path.join(folder.path, 'none.json');
    await writeFile(infoFile, infoOf(youtubeListing({ formats: [], webpage_url: null })));
    await expect(
      downloadWithYtDlp(ytDlp, { infoFile }, { directory: folder.path, stem: 'x' }),
    ).rejects.toMatchObject({ code: 'ytdlp.formats-missing' });
  });

  test('protected media', async () => {
    const infoFile = path.join(folder.path, 'drm.json');
    const format = { format_id: '1', url: 'http://host.invalid/x', ext: 'mp4', has_drm: true };
    await writeFile(infoFile, infoOf(youtubeListing({ formats: [format], webpage_url: null })));
    await expect(
      downloadWithYtDlp(ytDlp, { infoFile }, { directory: folder.path, stem: 'x' }),
    ).rejects.toMatchObject({ code: 'ytdlp.drm' });
  });

  test('wrong usage', async () => {
    const download = { directory: folder.path, stem: 'x', settings: { sleepRequestsSeconds: NaN } };
    await expect(
      downloadWithYtDlp(ytDlp, { url: server.url('/x') }, download),
    ).rejects.toMatchObject({ code: 'ytdlp.usage' });
  });

  test('a full disk', async () => {
    // The part is a device that is always full: yt-dlp's writes fail like on a full disk.
    server.routes.set('/audio.webm', { body: CONTENT, type: 'audio/webm' });
    await symlink('/dev/full', path.join(folder.path, `${stemOf(youtubeListing())}.webm.part`));
    await expect(download(youtubeListing())).rejects.toMatchObject({ code: 'ytdlp.disk-full' });
  });

  test('cancelling ends the whole process tree and keeps the part', async () => {
    server.routes.set('/audio.webm', { body: CONTENT, type: 'audio/webm', stallAfterBytes: CUT });
    const directory = path.join(folder.path, 'cancelled');
    await mkdir(directory);
    const controller = new AbortController();
    const cancelled = download(youtubeListing(), {
      directory,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => processesNaming(directory)).toEqual([]);
    expect((await readdir(directory)).some((name) => name.endsWith('.part'))).toBe(true);
  });

  test('a yt-dlp that cannot be started', async () => {
    const broken: YtDlp = { ...ytDlp, tool: { ...ytDlp.tool, path: '/nowhere/yt-dlp' } };
    await expect(
      listWithYtDlp(broken, server.url('/x'), { playlist: false }),
    ).rejects.toMatchObject({ code: 'ytdlp.not-startable' });
  });
});

function infoOf(media: ResolvedMedia): string {
  if (media.origin.kind !== 'ytdlp') throw new Error('not from yt-dlp');
  return media.origin.infoJson;
}

/** Command lines of running processes that name a folder; Linux only, where the tests run. */
async function processesNaming(name: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(name));
}

import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { downloadMedia, type DownloadOptions } from '../../../src/pipeline/media/download.ts';
import { downloadHttp } from '../../../src/pipeline/media/httpDownload.ts';
import { resolveMedia } from '../../../src/pipeline/media/resolve.ts';
import type { ResolvedMedia } from '../../../src/pipeline/media/resolvedMedia.ts';
import { parseSource } from '../../../src/pipeline/media/sourceKind.ts';
import type { TransferProgress } from '../../../src/pipeline/media/transferRate.ts';
import { temporaryFolder } from './fixtures.ts';
import { MediaServer, type Route } from './mediaServer.ts';

const CONTENT = randomBytes(3_000_000);
const CUT = 1_000_000;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: MediaServer;

beforeEach(async () => {
  folder = await temporaryFolder();
  server = await MediaServer.start();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const noYtDlp = () => Promise.reject(new Error('yt-dlp must not be asked for'));

async function resolved(address: URL): Promise<ResolvedMedia> {
  const media = await resolveMedia(parseSource(address.href), { getYtDlp: noYtDlp });
  if (media.kind !== 'media') throw new Error('not a single medium');
  return media;
}

async function download(route: Route, options: Partial<DownloadOptions> = {}) {
  server.routes.set('/talk.mp3', { body: CONTENT, type: 'audio/mpeg', ...route });
  const media = await resolved(server.url('/talk.mp3'));
  return downloadMedia(media, {
    directory: folder.path,
    getYtDlp: noYtDlp,
    retries: 0,
    ...options,
  });
}

describe('a plain media address', () => {
  test('is resolved with one byte and downloaded with progress, without yt-dlp', async () => {
    const seen: TransferProgress[] = [];
    const got = await download({ etag: '"1"' }, { onProgress: (progress) => seen.push(progress) });
    expect(await readFile(got.path)).toEqual(CONTENT);
    expect(got).toMatchObject({ bytes: CONTENT.length, resumedFromBytes: 0 });
    expect(path.extname(got.path)).toBe('.mp3');
    expect(seen.at(-1)).toMatchObject({ doneBytes: CONTENT.length, totalBytes: CONTENT.length });
    expect(server.requests[0]?.range).toBe('bytes=0-0');
    expect(await readdir(folder.path)).toEqual([path.basename(got.path)]);
  });

  test('tells title and size before the download', async () => {
    server.routes.set('/My%20talk.ogg', { body: CONTENT, type: 'application/octet-stream' });
    const media = await resolved(server.url('/My%20talk.ogg'));
    expect(media.metadata).toMatchObject({ title: 'My talk', extractor: 'http' });
    expect(media.origin).toMatchObject({ kind: 'http', bytes: CONTENT.length, extension: 'ogg' });
  });

  test('goes on after a broken connection in a later run, fetching no byte twice', async () => {
    const route = { etag: '"1"', cutAfterBytes: CUT };
    await expect(download(route)).rejects.toMatchObject({ code: 'download.network' });
    const parts = (await readdir(folder.path)).filter((name) => name.endsWith('.part'));
    const kept = (await stat(path.join(folder.path, parts[0] ?? ''))).size;
    expect(kept).toBeGreaterThan(0);
    const got = await download(route);
    expect(got.resumedFromBytes).toBe(kept);
    expect(await readFile(got.path)).toEqual(CONTENT);
    const last = server.requestsTo('/talk.mp3').at(-1);
    expect(last?.range).toBe(`bytes=${kept}-`);
  });

  test('goes on after a broken connection within one run', async () => {
    const route = { etag: '"1"', cutAfterBytes: CUT };
    const got = await download(route, { retries: 1, retryDelaySeconds: 0 });
    expect(await readFile(got.path)).toEqual(CONTENT);
    const kept = Number(/^bytes=(\d+)-$/.exec(server.requests.at(-1)?.range ?? '')?.[1]);
    expect(kept).toBeGreaterThan(0);
    // One byte for the probe, the part up to the cut, and the rest from where this side had it.
    expect(server.sentBytes.get('/talk.mp3')).toBe(1 + CUT + CONTENT.length - kept);
  });

  test.each([
    ['the file was replaced meanwhile', { etag: '"2"' }],
    ['the server ignores ranges', { etag: '"1"', ignoreRanges: true }],
    ['nothing proves that it is the same file', {}],
  ])('starts over where %s', async (_, later) => {
    await expect(download({ etag: '"1"', cutAfterBytes: CUT })).rejects.toMatchObject({
      code: 'download.network',
    });
    const changed = randomBytes(2_000_000);
    const got = await download({ ...later, body: changed });
    expect(got.resumedFromBytes).toBe(0);
    expect(await readFile(got.path)).toEqual(changed);
  });

  test('accepts a part that was complete already', async () => {
    server.routes.set('/done.mp3', { body: CONTENT, etag: '"1"' });
    const file = path.join(folder.path, 'done.mp3');
    const url = server.url('/done.mp3');
    await writeFile(`${file}.part`, CONTENT);
    await writeFile(`${file}.part.json`, JSON.stringify({ url: url.href, validator: '"1"' }));
    expect(await downloadHttp(url, file)).toEqual({ resumedFromBytes: CONTENT.length });
    expect(await readFile(file)).toEqual(CONTENT);
    expect(server.sentBytes.get('/done.mp3')).toBeUndefined();
  });

  test('follows redirects, but not in circles nor to files', async () => {
    server.routes.set('/moved.mp3', { location: '/talk.mp3' });
    server.routes.set('/circle.mp3', { location: '/circle.mp3' });
    server.routes.set('/trap.mp3', { location: 'file:///etc/passwd' });
    server.routes.set('/talk.mp3', { body: CONTENT });
    const file = path.join(folder.path, 'moved.mp3');
    await downloadHttp(server.url('/moved.mp3'), file);
    expect(await readFile(file)).toEqual(CONTENT);
    await expect(resolved(server.url('/circle.mp3'))).rejects.toMatchObject({
      code: 'download.redirects',
    });
    await expect(resolved(server.url('/trap.mp3'))).rejects.toMatchObject({
      code: 'source.unsupported-scheme',
    });
  });

  test.each([
    [404, 'download.not-found'],
    [410, 'download.not-found'],
    [401, 'download.forbidden'],
    [403, 'download.forbidden'],
    [429, 'download.rate-limited'],
    [500, 'download.server'],
    [503, 'download.server'],
  ])('HTTP status %i is %s', async (status, code) => {
    await expect(download({ status })).rejects.toMatchObject({ code });
    const file = path.join(folder.path, 'x.mp3');
    await expect(downloadHttp(server.url('/talk.mp3'), file, { retries: 0 })).rejects.toMatchObject(
      { code },
    );
  });

  test.each([[true], [false]])(
    'refuses what is too large (length left out: %s)',
    async (chunked) => {
      await expect(download({ chunked }, { maxBytes: CUT })).rejects.toMatchObject({
        code: 'download.too-large',
      });
    },
  );

  test('gives up on a server that goes silent, keeping what came', async () => {
    const route = { etag: '"1"', stallAfterBytes: CUT };
    await expect(download(route, { stallSeconds: 2 })).rejects.toMatchObject({
      code: 'download.stalled',
    });
    const got = await download({ etag: '"1"' });
    expect(got.resumedFromBytes).toBeGreaterThan(0);
    expect(await readFile(got.path)).toEqual(CONTENT);
  });

  test('cancelling keeps the part and says so', async () => {
    const controller = new AbortController();
    const cancelled = download(
      { etag: '"1"', stallAfterBytes: CUT },
      { signal: controller.signal, stallSeconds: 60, onProgress: () => controller.abort() },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect((await readdir(folder.path)).some((name) => name.endsWith('.part'))).toBe(true);
  });

  test('an unreachable host', async () => {
    const address = server.url('/gone.mp3');
    await server[Symbol.asyncDispose]();
    await expect(resolved(address)).rejects.toMatchObject({ code: 'download.network' });
    server = await MediaServer.start();
  });
});

describe('a local file', () => {
  test('is used where it lies', async () => {
    const file = path.join(folder.path, 'My  talk.wav');
    await writeFile(file, CONTENT);
    const media = await resolveMedia(parseSource(file), { getYtDlp: noYtDlp });
    if (media.kind !== 'media') throw new Error('not a single medium');
    expect(media.metadata.title).toBe('My talk');
    const got = await downloadMedia(media, { directory: folder.path, getYtDlp: noYtDlp });
    expect(got).toMatchObject({ path: file, bytes: CONTENT.length, sha256: media.metadata.id });
    await writeFile(file, 'other');
    await expect(
      downloadMedia(media, { directory: folder.path, getYtDlp: noYtDlp }),
    ).rejects.toMatchObject({ code: 'source.changed' });
  });

  test('that is missing or a folder is said so', async () => {
    const missing = parseSource(path.join(folder.path, 'none.wav'));
    await expect(resolveMedia(missing, { getYtDlp: noYtDlp })).rejects.toMatchObject({
      code: 'source.not-found',
    });
    await expect(
      resolveMedia(parseSource(folder.path), { getYtDlp: noYtDlp }),
    ).rejects.toMatchObject({ code: 'source.not-a-file' });
  });
});

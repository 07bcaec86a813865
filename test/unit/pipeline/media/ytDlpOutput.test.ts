import { describe, expect, test } from 'vitest';
import { playlistOf } from '../../../../src/pipeline/media/playlist.ts';
import {
  metadataOf,
  parseFileLine,
  parseListing,
  parseProgress,
  type YtDlpListing,
} from '../../../../src/pipeline/media/ytDlpOutput.ts';

const ADDRESS = new URL('https://host/page');

function listing(fields: Record<string, unknown>): YtDlpListing {
  const parsed = parseListing(JSON.stringify(fields));
  if (parsed === null) throw new Error('not a listing');
  return parsed;
}

describe('a listing', () => {
  test('becomes metadata in our units', () => {
    const metadata = metadataOf(
      listing({
        id: 'abc',
        extractor_key: 'Youtube',
        title: 'A talk',
        channel: 'Channel',
        uploader: 'Someone',
        duration: 61.5,
        upload_date: '20261031',
        webpage_url: 'https://www.youtube.com/watch?v=abc',
        language: 'en',
        chapters: [
          { title: 'Start', start_time: 0, end_time: 30 },
          { start_time: 30 },
          { title: 'Backwards', start_time: 50, end_time: 40 },
        ],
      }),
      ADDRESS,
    );
    expect(metadata).toEqual({
      id: 'abc',
      extractor: 'youtube',
      title: 'A talk',
      channel: 'Channel',
      uploader: 'Someone',
      durationSeconds: 61.5,
      uploadDate: '2026-10-31',
      webpageUrl: 'https://www.youtube.com/watch?v=abc',
      language: 'en',
      chapters: [
        { title: 'Start', startSeconds: 0, endSeconds: 30 },
        { title: 'Chapter 2', startSeconds: 30, endSeconds: 50 },
      ],
      isLive: false,
    });
  });

  test('with fields of the wrong kind loses only those', () => {
    const metadata = metadataOf(
      listing({ id: 5, title: ['x'], duration: 'long', upload_date: 'soon', chapters: 'none' }),
      ADDRESS,
    );
    expect(metadata).toMatchObject({ durationSeconds: null, uploadDate: null, chapters: [] });
    expect(metadata.title).toBe(ADDRESS.href);
  });

  test('cannot send a terminal anything but text', () => {
    const title = 'A\u001b[31m talk\r\nby \u202enobody';
    expect(metadataOf(listing({ id: 'a', title }), ADDRESS).title).toBe('A [31m talk by nobody');
  });

  test('of any page whatever is known by its address, not by its id', () => {
    const one = metadataOf(listing({ id: 'page-1', extractor: 'generic' }), ADDRESS);
    const other = metadataOf(
      listing({ id: 'page-1', extractor: 'generic' }),
      new URL('https://elsewhere/page'),
    );
    expect(one.id).not.toBe(other.id);
  });

  test.each([
    [{ is_live: true }, true],
    [{ live_status: 'is_upcoming' }, true],
    [{ live_status: 'was_live' }, false],
    [{ live_status: 'post_live' }, false],
  ])('%j is live: %s', (fields, live) => {
    expect(metadataOf(listing({ id: 'a', ...fields }), ADDRESS).isLive).toBe(live);
  });

  test.each(['null', '', 'not json', '[1]'])('is not %j', (text) => {
    expect(parseListing(text)).toBeNull();
  });
});

describe('a playlist', () => {
  test('keeps each acceptable address once and says what it left out', () => {
    const entries = [
      { id: 'a', url: 'https://host/a', title: 'A', duration: 3 },
      { id: 'a', url: 'https://host/a', title: 'A again' },
      { url: 'file:///etc/passwd', title: 'Trap' },
      { title: 'Nothing' },
      { webpage_url: ADDRESS.href, title: 'The list itself' },
      null,
    ];
    const parsed = listing({ id: 'list', title: 'List', entries });
    const playlist = playlistOf(parsed, parsed.entries ?? [], ADDRESS);
    expect(playlist.entries).toEqual([
      { url: new URL('https://host/a'), id: 'a', title: 'A', durationSeconds: 3 },
    ]);
    expect(playlist.rejected.map(({ title }) => title)).toEqual([
      'Trap',
      'Nothing',
      'The list itself',
      null,
    ]);
  });
});

describe('lines of a download', () => {
  test('progress uses the estimate where the size is not known', () => {
    const line = { status: 'downloading', downloaded_bytes: 10, total_bytes_estimate: 99.6 };
    expect(parseProgress(JSON.stringify({ ...line, speed: null, eta: 3 }))).toEqual({
      finished: false,
      doneBytes: 10,
      totalBytes: 100,
      bytesPerSecond: null,
      etaSeconds: 3,
    });
  });

  test('a finished line without a count means all of it', () => {
    const line = JSON.stringify({ status: 'finished', total_bytes: 7 });
    expect(parseProgress(line)).toMatchObject({ finished: true, doneBytes: 7, totalBytes: 7 });
  });

  test('half a line is nothing', () => {
    expect(parseProgress('{"status": "down')).toBeNull();
    expect(parseFileLine('"/cache/med')).toBeNull();
    expect(parseFileLine('"/cache/a\\nb.webm"')).toBe('/cache/a\nb.webm');
  });
});

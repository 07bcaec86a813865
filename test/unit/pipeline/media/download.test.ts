import { expect, it } from 'vitest';
import { isOwnDownload, stemOf } from '../../../../src/pipeline/media/download.ts';

const stem = stemOf({
  kind: 'media',
  metadata: {
    id: 'x',
    extractor: 'http',
    title: 'X',
    uploader: null,
    channel: null,
    durationSeconds: null,
    uploadDate: null,
    webpageUrl: null,
    language: null,
    chapters: [],
    isLive: false,
  },
  origin: { kind: 'http', url: new URL('https://x.test/a.mp3'), bytes: null, extension: 'mp3' },
});

it.each([
  [`/home/me/downloads/${stem}.mp3`, true],
  ['/home/me/downloads/talk.mp3', false],
  [`/home/me/downloads/${stem}/talk.mp3`, false],
  [`/home/me/downloads-of-mine/${stem}.mp3`, false],
])('%s: %s', (file, own) => {
  expect(isOwnDownload(file, '/home/me/downloads')).toBe(own);
});

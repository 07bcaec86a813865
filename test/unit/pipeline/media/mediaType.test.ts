import { describe, expect, test } from 'vitest';
import { plainMediaExtension } from '../../../../src/pipeline/media/mediaType.ts';

describe('what counts as one media file', () => {
  test.each([
    ['audio/mpeg', '/a.mp3', 'mp3'],
    ['audio/mpeg; charset=x', '/get?id=1', 'mp3'],
    ['video/webm', '/get', 'webm'],
    ['audio/x-unheard-of', '/get', 'media'],
    ['application/octet-stream', '/A.M4A', 'm4a'],
    ['binary/octet-stream', '/a.ogg?x=1', 'ogg'],
    [null, '/a.flac', 'flac'],
    ['application/ogg', '/a', 'ogg'],
    ['application/octet-stream', '/setup.exe', null],
    ['text/html', '/a.mp3', null],
    ['application/vnd.apple.mpegurl', '/a.mp3', null],
    ['audio/x-mpegurl', '/live', null],
    ['application/dash+xml', '/a.mp4', null],
    [null, '/', null],
  ])('%s at %s is %s', (type, path, extension) => {
    expect(plainMediaExtension(type, new URL(path, 'https://host'))).toBe(extension);
  });
});

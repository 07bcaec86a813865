import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EarshotError } from '../../../../src/pipeline/earshotError.ts';
import { canonicalUrl, parseSource } from '../../../../src/pipeline/media/sourceKind.ts';

const nothing = { workingDirectory: '/talks', fileExists: () => false };
const everything = { workingDirectory: '/talks', fileExists: () => true };

function codeOf(text: string): string | null {
  try {
    parseSource(text, nothing);
    return null;
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    expect(error.action).not.toBe('');
    return error.code;
  }
}

describe('what is neither a file nor a web address', () => {
  test.each([
    ['', 'source.empty'],
    ['  \n', 'source.empty'],
    ['file:///etc/passwd', 'source.unsupported-scheme'],
    ['FILE:/etc/passwd', 'source.unsupported-scheme'],
    ['javascript:alert(1)', 'source.unsupported-scheme'],
    ['data:audio/wav;base64,AAAA', 'source.unsupported-scheme'],
    ['ftp://host/a.mp3', 'source.unsupported-scheme'],
    ['concat://a|b', 'source.unsupported-scheme'],
    ['-x', 'source.option-like'],
    ['--exec=touch pwned', 'source.option-like'],
    ['--exec', 'source.option-like'],
    ['https://user:secret@host/a.mp3', 'source.credentials'],
    ['https://user@host/a.mp3', 'source.credentials'],
    ['https://host/a\nb', 'source.control-characters'],
    ['https://host/a\tb', 'source.control-characters'],
    ['https://host/a\u0000', 'source.control-characters'],
    ['https://host/\u009b31m', 'source.control-characters'],
    ['a\u0000b.wav', 'source.control-characters'],
    ['https:/host', 'source.invalid-url'],
    ['http://', 'source.invalid-url'],
    ['http:host', 'source.invalid-url'],
    [`https://host/${'a'.repeat(9000)}`, 'source.invalid-url'],
  ])('%j is refused as %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('secrets in an address are not repeated in the message', () => {
    expect(() => parseSource('https://user:hunter2@host/', nothing)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});

describe('local files', () => {
  test.each([
    ['a.wav', '/talks/a.wav'],
    ['../b.wav', '/b.wav'],
    ['/c.wav', '/c.wav'],
    ['it\'s "quoted".wav', '/talks/it\'s "quoted".wav'],
    ['line\nbreak.wav', '/talks/line\nbreak.wav'],
    [' leading space.wav', '/talks/ leading space.wav'],
    ['音楽 🎧.wav', '/talks/音楽 🎧.wav'],
    ['Talk: part one.mp3', '/talks/Talk: part one.mp3'],
    ['./-x.wav', '/talks/-x.wav'],
  ])('%j is a name', (text, file) => {
    expect(parseSource(text, nothing)).toEqual({ kind: 'file', path: file });
  });

  test('an existing file wins over every other reading, and its path is absolute', () => {
    for (const name of ['-x', '--exec', 'file:a', 'javascript:a']) {
      const source = parseSource(name, everything);
      expect(source).toEqual({ kind: 'file', path: `/talks/${name}` });
    }
  });

  test('any text gives an absolute path, an http(s) address or a typed error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
        if (codeOf(text) !== null) return;
        const source = parseSource(text, nothing);
        if (source.kind === 'file') expect(path.isAbsolute(source.path)).toBe(true);
        else expect(['http:', 'https:']).toContain(source.url.protocol);
      }),
    );
  });
});

describe('YouTube addresses', () => {
  const video = { videoId: 'dQw4w9WgXcQ' };
  test.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', video],
    ['https://youtube.com/watch?feature=share&v=dQw4w9WgXcQ#t=30', video],
    ['http://m.youtube.com/watch?v=dQw4w9WgXcQ&t=5s', video],
    ['https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=x', video],
    ['https://youtu.be/dQw4w9WgXcQ?si=abc', video],
    ['https://www.youtube.com/shorts/dQw4w9WgXcQ', video],
    ['https://www.youtube.com/live/dQw4w9WgXcQ?feature=share', video],
    ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', video],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1', { ...video, playlistId: 'PL1' }],
    ['https://www.youtube.com/playlist?list=PL1_x-y', { playlistId: 'PL1_x-y' }],
    ['https://www.youtube.com/embed/videoseries?list=PL1', { playlistId: 'PL1' }],
    ['https://www.youtube.com/@somebody', null],
    ['https://www.youtube.com/watch?v=tooshort', null],
    ['https://notyoutube.com/watch?v=dQw4w9WgXcQ', null],
    ['https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ', null],
  ])('%s', (text, youtube) => {
    expect(parseSource(text, nothing)).toMatchObject({ kind: 'url', youtube });
  });

  test('have one canonical form; other addresses lose only their fragment', () => {
    const canonical = (text: string) => {
      const source = parseSource(text, nothing);
      return source.kind === 'url' ? canonicalUrl(source) : null;
    };
    expect(canonical('  https://youtu.be/dQw4w9WgXcQ?t=9\n')).toBe(
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    );
    expect(canonical('https://music.youtube.com/playlist?list=PL1&si=z')).toBe(
      'https://www.youtube.com/playlist?list=PL1',
    );
    expect(canonical('https://host/a?b=1#c')).toBe('https://host/a?b=1');
  });
});

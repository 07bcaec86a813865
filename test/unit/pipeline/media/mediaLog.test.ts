import { describe, expect, test } from 'vitest';
import {
  lastLogLine,
  readMediaFacts,
  readMediaFailure,
} from '../../../../src/pipeline/media/mediaLog.ts';

const WEBM = `Input #0, matroska,webm, from 'file:a.webm':
  Metadata:
    ENCODER         : Lavf59.27.100
  Duration: 01:02:03.50, start: -0.007000, bitrate: 96 kb/s
  Stream #0:0(eng): Video: vp9, yuv420p(tv), 64x64, 25 fps
  Stream #0:1(eng): Audio: opus, 48000 Hz, stereo, fltp (default)
Stream mapping:
  Stream #0:1 -> #0:0 (opus (native) -> pcm_s16le (native))
Output #0, s16le, to 'pipe:1':
  Stream #0:0: Audio: pcm_s16le, 16000 Hz, mono, s16, 256 kb/s`;

describe("ffmpeg's log", () => {
  test('describes the input and not the output', () => {
    expect(readMediaFacts(WEBM)).toEqual({
      format: 'matroska,webm',
      durationSeconds: 3723.5,
      durationIsEstimate: false,
      startSeconds: -0.007,
      audioStreams: [{ codec: 'opus', sampleRate: 48_000, channels: 2 }],
      videoStreams: 1,
    });
  });

  test.each([
    ['aac (LC) (mp4a / 0x6134706D), 44100 Hz, 5.1, fltp, 384 kb/s (default)', 'aac', 44_100, 6],
    ['ac3, 48000 Hz, 5.1(side), fltp, 448 kb/s', 'ac3', 48_000, 6],
    ['pcm_s16le ([1][0][0][0] / 0x0001), 8000 Hz, 1 channels, s16, 128 kb/s', 'pcm_s16le', 8000, 1],
    ['mp3, 0 channels, fltp', 'mp3', null, 0],
  ])('reads the stream %s', (text, codec, sampleRate, channels) => {
    const log = `Input #0, x, from 'y':\n    Stream #0:0: Audio: ${text}\n`;
    expect(readMediaFacts(log).audioStreams).toEqual([{ codec, sampleRate, channels }]);
  });

  test('that says nothing gives nothing', () => {
    expect(readMediaFacts('')).toMatchObject({ format: null, durationSeconds: null });
    expect(readMediaFacts("Input #0, mp3, from 'a':\n  Duration: N/A").durationSeconds).toBeNull();
    expect(lastLogLine('\n a \n\n')).toBe('a');
    expect(lastLogLine('')).toBe('');
  });

  test('marks a duration that is only an estimate', () => {
    const log = `[aac @ 0x1] Estimating duration from bitrate, this may be inaccurate\n${WEBM}`;
    expect(readMediaFacts(log).durationIsEstimate).toBe(true);
  });

  test.each([
    ["Stream map '0:a:0' matches no streams.", 'no-audio'],
    ['Output #0 does not contain any stream', 'no-audio'],
    ["[hls @ 0x1] Format not on whitelist 'aac,mov'", 'refused-reference'],
    ['[mov @ 0x1] moov atom not found', 'truncated'],
    ['[matroska @ 0x1] File ended prematurely', 'truncated'],
    ['file:a.mp3: Invalid data found when processing input', 'unreadable'],
    ['all is well', null],
  ])('%s', (log, failure) => {
    expect(readMediaFailure(log)).toBe(failure);
  });
});

import { describe, expect, it } from 'vitest';
import { EXIT, EXIT_CODES_HELP, exitCodeOf, overallExitCode } from '../../../src/cli/exitCodes.ts';

describe('exitCodeOf', () => {
  it.each([
    ['cancelled', 130],
    ['usage', 2],
    ['config.invalid', 2],
    ['library.not-found', 4],
    ['run.not-found', 4],
    ['ytdlp.missing', 5],
    ['ffmpeg.missing', 5],
    ['consent.missing', 5],
    ['media.no-audio', 6],
    ['media.not-found', 4],
    ['store.newer-version', 7],
    ['disk.full', 7],
    ['model.damaged', 7],
    ['model.missing', 7],
    ['model.not-found', 4],
    ['ytdlp.private', 1],
    ['ytdlp.unknown', 1],
    ['ytdlp.formats-missing', 1],
    ['ytdlp.ffmpeg-missing', 5],
    ['ytdlp.no-js-runtime', 5],
    ['codec.newer-version', 7],
    ['ytdlp.consent-refused', 5],
    ['ytdlp.not-startable', 5],
    ['model.python-missing', 5],
    ['media.ffmpeg-missing', 5],
    ['media.disk-full', 7],
    ['media.truncated', 6],
    ['download.disk-full', 7],
    ['download.not-found', 4],
    ['download.network', 1],
    ['source.unsupported-scheme', 2],
    ['source.playlist', 2],
    ['source.not-found', 4],
    ['source.changed', 1],
    ['model.unknown', 4],
    ['internal', 1],
    ['missing', 1],
    ['', 1],
    ['constructor', 1],
  ])('%s ends with %d', (code, exit) => {
    expect(exitCodeOf(code)).toBe(exit);
  });

  it('has its codes in the help', () => {
    for (const code of Object.values(EXIT)) {
      expect(EXIT_CODES_HELP).toMatch(new RegExp(`^ {2}${code} `, 'm'));
    }
  });
});

describe('overallExitCode', () => {
  it.each([
    [2, [], false, 0],
    [0, [], false, 0],
    [1, ['media.no-audio'], false, 3],
    [0, ['media.no-audio', 'media.empty'], false, 6],
    [0, ['media.no-audio', 'ytdlp.private'], false, 1],
    [1, ['media.no-audio'], true, 130],
  ])('%d done, %j failed, cancelled: %j', (done, codes, cancelled, exit) => {
    expect(overallExitCode(done, codes, cancelled)).toBe(exit);
  });
});

import { describe, expect, test } from 'vitest';
import { classifyYtDlpFailure, ytDlpError } from '../../../../src/pipeline/media/ytDlpErrors.ts';

const NO_RUNTIME =
  'WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled by default; to use another runtime add  --js-runtimes RUNTIME[:PATH]  to your command/config. YouTube extraction without a JS runtime has been deprecated, and some formats may be missing.';
const EJS_SKIPPED =
  'WARNING: [youtube] [jsc] Remote component challenge solver script (node) was skipped. It may be required to solve JS challenges. You can enable the download with  --remote-components ejs:github  (recommended).';
const PO_TOKEN =
  'WARNING: [youtube] abc: web client https formats require a GVS PO Token which was not provided. They will be skipped as they may yield HTTP Error 403.';
const OUTDATED = 'WARNING: Your yt-dlp version (2026.01.01) is older than 90 days!';
const NO_FORMAT =
  'ERROR: [youtube] abc: Requested format is not available. Use --list-formats for a list of available formats';

describe('what yt-dlp writes', () => {
  test.each([
    [
      'bot-check',
      'ERROR: [youtube] abc: Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies for the authentication.',
    ],
    [
      'bot-check',
      'ERROR: [youtube] abc: Error. YouTube is requiring a captcha challenge before playback',
    ],
    [
      'rate-limited',
      "ERROR: [youtube] abc: Video unavailable. This content isn't available, try again later. The current session has been rate-limited by YouTube for up to an hour.",
    ],
    [
      'rate-limited',
      'ERROR: [generic] Unable to download webpage: HTTP Error 429: Too Many Requests (caused by <HTTPError 429: Too Many Requests>)',
    ],
    [
      'age',
      'ERROR: [youtube] abc: Sign in to confirm your age. This video may be inappropriate for some users. Use --cookies-from-browser or --cookies for the authentication.',
    ],
    [
      'members-or-private',
      "ERROR: [youtube] abc: Private video. Sign in if you've been granted access to this video. Use --cookies-from-browser or --cookies",
    ],
    [
      'members-or-private',
      'ERROR: [youtube] abc: Join this channel to get access to members-only content like this video, and other exclusive perks.',
    ],
    [
      'members-or-private',
      'ERROR: [vimeo] 1: This video is only available for registered users. Use --cookies for the authentication.',
    ],
    [
      'geo',
      'ERROR: [youtube] abc: Video unavailable. The uploader has not made this video available in your country',
    ],
    ['geo', 'ERROR: [x] 1: This video is not available from your location due to geo restriction'],
    [
      'removed',
      'ERROR: [youtube] abc: Video unavailable. This video has been removed by the uploader',
    ],
    ['removed', 'ERROR: [youtube] abc: Video unavailable'],
    [
      'removed',
      'ERROR: [youtube] abc: This video is no longer available because the YouTube account associated with this video has been terminated.',
    ],
    [
      'removed',
      'ERROR: [generic] x: Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: Not Found>)',
    ],
    ['live-or-upcoming', 'ERROR: [youtube] abc: This live event will begin in 3 hours.'],
    ['live-or-upcoming', 'ERROR: [youtube] abc: Premieres in 2 days'],
    ['live-or-upcoming', 'ERROR: [twitch] x: The channel is not currently live'],
    ['live-or-upcoming', '[download] A talk does not pass filter (!is_live), skipping ..'],
    ['drm', 'ERROR: [youtube] abc: This video is DRM protected'],
    ['no-js-runtime', `${NO_RUNTIME}\n${NO_FORMAT}`],
    ['ejs-missing', `${EJS_SKIPPED}\n${NO_FORMAT}`],
    ['formats-missing', `${OUTDATED}\n${PO_TOKEN}\n${NO_FORMAT}`],
    ['formats-missing', 'ERROR: [youtube] abc: No video formats found!'],
    [
      'network',
      "ERROR: [generic] x: Unable to download webpage: HTTPConnection(host='h', port=80): Failed to resolve 'h' ([Errno -2] Name or service not known)",
    ],
    [
      'network',
      'ERROR: [generic] x: Unable to download webpage: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= . Confirm you are on the latest version using  yt-dlp -U',
    ],
    ['network', 'ERROR: unable to download video data: 1000 bytes read, 2000 more expected'],
    [
      'server',
      'ERROR: [generic] x: Unable to download webpage: HTTP Error 503: Service Unavailable (caused by <HTTPError 503>)',
    ],
    ['forbidden', 'ERROR: unable to download video data: HTTP Error 403: Forbidden'],
    [
      'ffmpeg-missing',
      'ERROR: m3u8 download detected but ffmpeg could not be found. Please install',
    ],
    [
      'ffmpeg-missing',
      'ERROR: Postprocessing: ffprobe and ffmpeg not found. Please install or provide the path using --ffmpeg-location',
    ],
    [
      'not-a-media-page',
      'WARNING: [generic] Falling back on generic information extractor\nERROR: Unsupported URL: https://example.org/',
    ],
    [
      'too-large',
      '[download] File is larger than max-filesize (3000000 bytes > 1000000 bytes). Aborting.',
    ],
    ['disk-full', 'ERROR: unable to write data: [Errno 28] No space left on device'],
    [
      'outdated',
      'ERROR: [site] x: Unable to extract title; please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= . Confirm you are on the latest version using  yt-dlp -U',
    ],
    ['unknown', 'ERROR: something nobody has seen before'],
    ['unknown', ''],
  ])('is %s: %s', (failure, output) => {
    expect(classifyYtDlpFailure(output, 1)).toBe(failure);
  });

  test('wrong usage is known by its exit code', () => {
    const output =
      'Usage: yt-dlp [OPTIONS] URL [URL...]\n\nyt-dlp: error: no such option: --js-runtimes';
    expect(classifyYtDlpFailure(output, 2)).toBe('usage');
  });

  test('a harmless warning never hides the error that matters', () => {
    const removed = 'ERROR: [youtube] abc: Video unavailable';
    expect(classifyYtDlpFailure([OUTDATED, NO_RUNTIME, PO_TOKEN, removed].join('\n'), 1)).toBe(
      'removed',
    );
  });

  test('a title that quotes an error text does not decide', () => {
    const output = '[download] Destination: Private video tour.webm\nERROR: Unsupported URL: x';
    expect(classifyYtDlpFailure(output, 1)).toBe('not-a-media-page');
  });
});

describe('the error a person sees', () => {
  test('has the class as code, the last error line and one action', () => {
    const error = ytDlpError(
      'ERROR: first\nERROR: [x] y: HTTP Error 403: Forbidden (caused by <HTTPError>); please report this issue on  https://example.org',
      1,
    );
    expect(error.code).toBe('ytdlp.forbidden');
    expect(error.message).toContain('[x] y: HTTP Error 403: Forbidden');
    expect(error.message).not.toMatch(/caused by|please report/);
    expect(error.action).not.toBe('');
  });
});

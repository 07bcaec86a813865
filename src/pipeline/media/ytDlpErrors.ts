import { EarshotError } from '../earshotError.ts';
import { plainText } from './plainText.ts';

/** Every way a call of yt-dlp can fail, as far as a person could do something about it. */
export type YtDlpFailureClass =
  | 'bot-check'
  | 'rate-limited'
  | 'age'
  | 'members-or-private'
  | 'geo'
  | 'removed'
  | 'live-or-upcoming'
  | 'drm'
  | 'no-js-runtime'
  | 'ejs-missing'
  | 'formats-missing'
  | 'network'
  | 'server'
  | 'forbidden'
  | 'ffmpeg-missing'
  | 'not-a-media-page'
  | 'too-large'
  | 'disk-full'
  | 'usage'
  | 'outdated'
  | 'unknown';

type Rule = { readonly class: YtDlpFailureClass; readonly pattern: RegExp };

/**
 * First match wins, so the particular stands before the general ("Sign in to confirm you're not a
 * bot" before "Sign in"). The texts are those of yt-dlp 2026.10.26: `extractor/youtube/_video.py`,
 * `extractor/common.py`, `YoutubeDL.py`, `downloader/`, `networking/`, and YouTube's own reasons that
 * it passes on.
 */
const RULES: readonly Rule[] = [
  { class: 'disk-full', pattern: /No space left on device|Errno 28\b|Disk quota exceeded/i },
  { class: 'too-large', pattern: /larger than max-filesize/i },
  {
    class: 'bot-check',
    pattern:
      /confirm (?:that )?you.re not a bot|captcha challenge|unusual traffic|Cloudflare anti-bot/i,
  },
  {
    class: 'rate-limited',
    pattern:
      /rate-limited|content isn.t available, try again later|HTTP Error 429|Too Many Requests/i,
  },
  {
    class: 'age',
    pattern: /confirm your age|age-restricted|age.verification|inappropriate for some users/i,
  },
  {
    class: 'live-or-upcoming',
    pattern:
      /live event (?:will begin|has ended)|Premieres in|premiere will begin|not currently live|does not pass filter \(!is_live\)|Live DASH videos are not supported|live stream recording is not available/i,
  },
  {
    class: 'members-or-private',
    pattern:
      /Private video|video is private|members-only|members only|Join this channel|only available for registered users|Sign in if you.ve been granted access|requires? payment|Use --cookies|login required|HTTP Error 401/i,
  },
  {
    class: 'geo',
    pattern:
      /in your country|from your location|geo.?restrict|in your region|blocked it (?:in|on copyright grounds in) your/i,
  },
  {
    class: 'removed',
    pattern:
      /has been removed|been terminated|no longer available|Video unavailable|This video is (?:not available|unavailable)|playlist does not exist|HTTP Error 4(?:04|10)\b/i,
  },
  { class: 'drm', pattern: /DRM protected/i },
  { class: 'no-js-runtime', pattern: /No supported JavaScript runtime could be found/i },
  {
    class: 'ejs-missing',
    pattern: /Remote components? .*(?:was|were) skipped|challenge solver script/i,
  },
  {
    class: 'formats-missing',
    pattern:
      /PO Token|Requested format is not available|No video formats found|Only images are available|content too short|did not get any data blocks|downloaded file is empty/i,
  },
  { class: 'not-a-media-page', pattern: /Unsupported URL|No media found|is not a valid URL/i },
  {
    class: 'ffmpeg-missing',
    pattern:
      /ffmpeg (?:not found|could not be found|is not installed)|ffprobe and ffmpeg not found/i,
  },
  { class: 'server', pattern: /HTTP Error 5\d\d/i },
  { class: 'forbidden', pattern: /HTTP Error 403/i },
  {
    class: 'network',
    pattern:
      /Failed to (?:resolve|establish a new connection)|Connection (?:refused|reset|aborted|to .* timed out)|timed out|Temporary failure in name resolution|Network is unreachable|\[SSL|CERTIFICATE_VERIFY_FAILED|IncompleteRead|bytes read|more expected|RemoteDisconnected|Remote end closed|TransportError|ProxyError/i,
  },
  {
    class: 'outdated',
    pattern: /is older than 90 days|Confirm you are on the latest version|unable to extract/i,
  },
];

const EXPLANATIONS: Readonly<
  Record<YtDlpFailureClass, readonly [message: string, action: string]>
> = {
  'bot-check': [
    'The site asks for proof that you are not a bot.',
    'Wait an hour, use another network, or give the downloaded file instead.',
  ],
  'rate-limited': [
    'The site limits how much this connection may ask for.',
    'Wait an hour and run it again: what is done is kept.',
  ],
  age: [
    'The video is age-restricted and the site wants a signed-in adult account.',
    'Download the video where you are signed in, and give the file instead.',
  ],
  'members-or-private': [
    'The video is private, for members or for signed-in users only.',
    'Download the video with an account that may see it, and give the file instead.',
  ],
  geo: [
    'The video is not offered in your country.',
    'Use a network in a country where it is offered, or give the downloaded file instead.',
  ],
  removed: [
    'There is no such video any more, or the address is wrong.',
    'Open the address in a browser and check it.',
  ],
  'live-or-upcoming': [
    'The video is live or has not started yet.',
    'Ingest it again after it has ended.',
  ],
  drm: ['The media is protected by DRM.', 'Give another source; protected media cannot be read.'],
  'no-js-runtime': [
    'yt-dlp found no JavaScript runtime, without which YouTube hides its formats.',
    'Install Node 22 or newer (or Deno 2.3) and run Earshot again.',
  ],
  'ejs-missing': [
    "yt-dlp lacks the scripts that solve YouTube's challenges.",
    'Install yt-dlp with its "default" extras, or let Earshot install its own copy.',
  ],
  'formats-missing': [
    'The site offered no format that can be downloaded without a token.',
    'Try again later with the newest yt-dlp; clear the yt-dlp setting to use the managed copy.',
  ],
  network: [
    'The host could not be reached, or the connection broke.',
    'Check the address and the connection, then run it again: the download goes on where it stopped.',
  ],
  server: [
    'The server answered with an error of its own.',
    'Run it again in some minutes: the download goes on where it stopped.',
  ],
  forbidden: [
    'The server refused access (HTTP 403).',
    'Open the address in a browser; if it plays there, try again with the newest yt-dlp.',
  ],
  'ffmpeg-missing': [
    'yt-dlp needs ffmpeg for this source and did not find it.',
    'Install ffmpeg, or set its path in the settings.',
  ],
  'not-a-media-page': [
    'The page holds no media that yt-dlp knows how to read.',
    'Give the address of the video itself, or of the media file.',
  ],
  'too-large': ['The file is larger than the limit that is set.', 'Give a shorter source.'],
  'disk-full': [
    'The disk is full.',
    'Free some space and run it again: the download goes on where it stopped.',
  ],
  usage: [
    'yt-dlp did not understand how it was called.',
    'Clear the yt-dlp setting to use the managed copy, or update your yt-dlp.',
  ],
  outdated: [
    'yt-dlp no longer understands this site.',
    'Update yt-dlp, or clear its setting to use the managed copy.',
  ],
  unknown: [
    'yt-dlp failed for a reason Earshot does not know.',
    'Try the address in a browser; yt-dlp itself, run on it in a terminal, says more.',
  ],
};

/**
 * Names the class of a failed call from what yt-dlp wrote and its exit code (2 means wrong usage).
 *
 * Errors decide first; warnings only where no error names a cause, because a harmless warning often
 * stands above the error that matters.
 */
export function classifyYtDlpFailure(output: string, exitCode: number | null): YtDlpFailureClass {
  const lines = output.split(/\r?\n/);
  const errors = lines.filter((line) =>
    /^\s*(?:\[download\] )?(?:ERROR|yt-dlp: error)/i.test(line),
  );
  const rest = lines.filter((line) => !errors.includes(line));
  const specific = match(errors.join('\n'));
  // "No formats" is a consequence: a missing runtime or token in the warnings is its cause.
  if (specific === 'formats-missing') return causeOfMissingFormats(rest.join('\n'));
  if (specific !== null && specific !== 'outdated') return specific;
  if (exitCode === 2) return 'usage';
  return match(rest.join('\n')) ?? specific ?? 'unknown';
}

/**
 * The error for a failed call: code `ytdlp.<class>`, one action, and yt-dlp's own last error line.
 */
export function ytDlpError(output: string, exitCode: number | null): EarshotError {
  return ytDlpErrorOfClass(classifyYtDlpFailure(output, exitCode), lastErrorLine(output));
}

/** The error of a class that was recognised by other means than text. */
export function ytDlpErrorOfClass(
  failure: YtDlpFailureClass,
  detail: string | null = null,
): EarshotError {
  const [message, action] = EXPLANATIONS[failure];
  return new EarshotError(
    `ytdlp.${failure}`,
    detail === null ? message : `${message} (${detail})`,
    action,
  );
}

function causeOfMissingFormats(warnings: string): YtDlpFailureClass {
  const cause = match(warnings);
  return cause === 'no-js-runtime' || cause === 'ejs-missing' ? cause : 'formats-missing';
}

function match(text: string): YtDlpFailureClass | null {
  return RULES.find((rule) => rule.pattern.test(text))?.class ?? null;
}

function lastErrorLine(output: string): string | null {
  const line = output.split(/\r?\n/).findLast((each) => /^\s*(?:ERROR|yt-dlp: error)/i.test(each));
  const text = line
    ?.replace(/^\s*(?:ERROR|yt-dlp: error): /i, '')
    .replace(/ ?\(caused by .*/, '')
    .replace(/; please report this issue on .*/, '');
  return text === undefined ? null : plainText(text, 300);
}

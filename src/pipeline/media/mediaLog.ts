import { plainText } from './plainText.ts';

/** What ffmpeg says of a file on its log, null where it says nothing. */
export type MediaFacts = {
  readonly format: string | null;
  readonly durationSeconds: number | null;
  /** True where ffmpeg only estimated the duration, from the bit rate. */
  readonly durationIsEstimate: boolean;
  readonly startSeconds: number;
  readonly audioStreams: readonly AudioStreamFacts[];
  readonly videoStreams: number;
};

export type AudioStreamFacts = {
  readonly codec: string;
  readonly sampleRate: number | null;
  readonly channels: number | null;
};

const LAYOUTS: Readonly<Record<string, number>> = {
  mono: 1,
  stereo: 2,
  downmix: 2,
  '2.1': 3,
  '3.0': 3,
  '3.1': 4,
  '4.0': 4,
  quad: 4,
  '4.1': 5,
  '5.0': 5,
  '5.1': 6,
  '6.0': 6,
  hexagonal: 6,
  '6.1': 7,
  '7.0': 7,
  octagonal: 8,
  '7.1': 8,
};

/**
 * Reads the description of the first input that ffmpeg writes before it starts.
 *
 * The text is free form and differs between releases (2018 to 8 were looked at), so every field may
 * be missing; nothing depends on it but progress, warnings and what the person is shown.
 */
export function readMediaFacts(log: string): MediaFacts {
  const input = /^Input #0, (.+?), from /m.exec(log);
  const until = log.search(/^(?:Stream mapping|Output #0|At least one output)/m);
  const description = log.slice(input?.index ?? 0, until === -1 ? undefined : until);
  const clock = /^\s*Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/m.exec(description);
  const start = /^\s*Duration: .*?start: (-?\d+(?:\.\d+)?)/m.exec(description)?.[1];
  const audio = [...description.matchAll(/^\s*Stream #0[:.]\d+.*?: Audio: (.*)$/gm)];
  return {
    format: input?.[1] ?? null,
    durationSeconds: clock
      ? Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
      : null,
    durationIsEstimate: /Estimating duration from bitrate/.test(log),
    startSeconds: start === undefined ? 0 : Number(start),
    audioStreams: audio.map((match) => readAudioStream(match[1] ?? '')),
    videoStreams: [...description.matchAll(/^\s*Stream #0[:.]\d+.*?: Video: /gm)].length,
  };
}

/** Why ffmpeg could not go on, in classes a person can act on; null where it names no cause. */
export function readMediaFailure(
  log: string,
): 'no-audio' | 'truncated' | 'refused-reference' | 'unreadable' | null {
  if (/matches no streams|does not contain any stream/.test(log)) return 'no-audio';
  if (/Format not on whitelist|not on whitelist/.test(log)) return 'refused-reference';
  if (/moov atom not found|partial file|Truncated|truncated|File ended prematurely/.test(log)) {
    return 'truncated';
  }
  return /Invalid data found|Error opening input|could not find codec parameters/i.test(log)
    ? 'unreadable'
    : null;
}

/** The last line of ffmpeg's log that says something, for the message. */
export function lastLogLine(log: string): string {
  const lines = log.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return plainText(lines.at(-1) ?? '', 300);
}

function readAudioStream(text: string): AudioStreamFacts {
  const parts = text.split(', ').map((part) => part.trim());
  const rate = parts.map((part) => /^(\d+) Hz$/.exec(part)?.[1]).find(Boolean);
  return {
    codec: (parts[0] ?? '').split(' ')[0] ?? '',
    sampleRate: rate === undefined ? null : Number(rate),
    channels: parts.map(channelsOf).find((count) => count !== null) ?? null,
  };
}

function channelsOf(part: string): number | null {
  const counted = /^(\d+) channels/.exec(part)?.[1];
  if (counted !== undefined) return Number(counted);
  const layout = /^([a-z0-9.]+)(?:\([a-z]+\))?$/.exec(part)?.[1];
  return layout === undefined ? null : (LAYOUTS[layout] ?? null);
}

/** A cue as a reader of the format sees it. */
export interface ParsedCue {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly voice: string;
  readonly text: string;
}

/**
 * Parses WebVTT by the syntax that the W3C specification sets for authors, which is stricter than its parser, and
 * throws at the first offence.
 */
export function parseVtt(file: string): ParsedCue[] {
  const [header, ...blocks] = file.split(/\n{2,}/);
  if (header !== 'WEBVTT') throw new Error(`bad signature: ${String(header)}`);
  if (/[\r\0]/.test(file)) throw new Error('stray line terminator or NUL');
  const cues: ParsedCue[] = [];
  for (const block of blocks.map((each) => each.replace(/\n$/, '')).filter((each) => each !== '')) {
    if (/^NOTE(?:[ \t\n]|$)/.test(block)) {
      if (block.includes('-->')) throw new Error(`arrow in a comment: ${block}`);
      continue;
    }
    const [id = '', timing = '', ...payload] = block.split('\n');
    if (id.includes('-->')) throw new Error(`arrow in an identifier: ${id}`);
    const [start, end] = times(timing, '.');
    cues.push({ id, start, end, ...cueText(payload.join('\n')) });
  }
  if (new Set(cues.map(({ id }) => id)).size !== cues.length)
    throw new Error('identifier used twice');
  if (cues.some(({ start }, index) => start < (cues[index - 1]?.start ?? 0))) {
    throw new Error('cues not in order of time');
  }
  return cues;
}

/** Parses SubRip and throws at the first offence. */
export function parseSrt(file: string): ParsedCue[] {
  const blocks = file.split(/\n{2,}/).filter((block) => block !== '');
  return blocks.map((block, index) => {
    const [id = '', timing = '', ...payload] = block.replace(/\n$/, '').split('\n');
    if (id !== String(index + 1)) throw new Error(`bad counter ${id}`);
    const [start, end] = times(timing, ',');
    const text = payload.join('\n');
    if (text.trim() === '' || text.includes('-->')) throw new Error(`bad text: ${text}`);
    return { id, start, end, voice: '', text };
  });
}

function times(line: string, mark: string): [number, number] {
  const time = `(\\d{2,}):([0-5]\\d):([0-5]\\d)\\${mark}(\\d{3})`;
  const match = new RegExp(`^${time} --> ${time}$`).exec(line);
  if (match === null) throw new Error(`bad timing: ${line}`);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = match.slice(1).map(Number);
  const start = ((a * 60 + b) * 60 + c) * 1000 + d;
  const end = ((e * 60 + f) * 60 + g) * 1000 + h;
  if (end <= start) throw new Error(`cue without length: ${line}`);
  return [start, end];
}

function cueText(payload: string): { voice: string; text: string } {
  const match = /^<v ([^\n<>]*)>([^<>]*)<\/v>$/.exec(payload);
  if (match === null) throw new Error(`bad cue text: ${payload}`);
  const [voice = '', text = ''] = match.slice(1);
  if (/&(?!amp;|lt;|gt;)/.test(voice + text))
    throw new Error(`bad character reference: ${payload}`);
  return { voice: unescape(voice), text: unescape(text) };
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

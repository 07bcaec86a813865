import type { Transcript } from '../../protocol/transcript.ts';
import { type Cue, toCues } from './cues.ts';
import { singleLine } from './singleLine.ts';
import { subtitleTime } from './subtitleTime.ts';

/** WebVTT with a voice tag on each cue, the title as a note, and chapters as notes where they begin. */
export function toVtt(transcript: Transcript): string {
  const blocks = ['WEBVTT\n', note([transcript.title, transcript.source])];
  const chapters = transcript.chapters.toSorted((one, other) => one.start - other.start);
  const sources = transcript.segments.map((segment, index) => ({
    ...segment,
    index,
    text: singleLine(segment.text),
  }));
  let next = 0;
  const chaptersUntil = (seconds: number) => {
    for (; (chapters[next]?.start ?? Infinity) <= seconds; next += 1) {
      const { title = '', start = 0 } = chapters[next] ?? {};
      const time = subtitleTime(Math.max(0, Math.round(start * 1000)), '.');
      blocks.push(note([`Chapter ${time} ${title}`]));
    }
  };
  for (const cue of toCues(sources)) {
    chaptersUntil(cue.startMilliseconds / 1000);
    blocks.push(block(cue));
  }
  chaptersUntil(Number.MAX_VALUE);
  return blocks.join('\n');
}

function note(lines: readonly string[]): string {
  const clean = lines.map((line) => singleLine(line).replaceAll('-->', '->'));
  return `NOTE\n${clean.filter((line) => line !== '').join('\n')}\n`;
}

function block(cue: Cue): string {
  const from = subtitleTime(cue.startMilliseconds, '.');
  const to = subtitleTime(cue.endMilliseconds, '.');
  const speaker = escapeText(singleLine(cue.speaker));
  const text = cue.lines.map(escapeText).join('\n');
  return `${cue.id}\n${from} --> ${to}\n<v ${speaker}>${text}</v>\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

import type { Transcript } from '../../protocol/transcript.ts';
import { clockTime } from './clockTime.ts';
import { singleLine } from './singleLine.ts';
import { turnsAndChapters } from './turns.ts';

/** Plain text: a paragraph a turn, led by its time and speaker. */
export function toText(transcript: Transcript): string {
  const title = singleLine(transcript.title);
  const blocks = title === '' ? [] : [title];
  if (transcript.languageWarning !== null)
    blocks.push(`! ${singleLine(transcript.languageWarning)}`);
  for (const part of turnsAndChapters(transcript.segments, transcript.chapters)) {
    const time = `[${clockTime(part.start)}]`;
    if (part.kind === 'chapter') {
      blocks.push(`== ${singleLine(part.title)} ${time} ==`);
      continue;
    }
    const paragraphs = part.paragraphs
      .map((placed) => placed.map(({ segment }) => singleLine(segment.text)).filter(Boolean))
      .filter((texts) => texts.length > 0)
      .map((texts) => texts.join(' '));
    if (paragraphs.length === 0) continue;
    blocks.push(`${time} ${singleLine(part.speaker)}: ${paragraphs.join('\n\n')}`);
  }
  if (transcript.segments.length === 0) blocks.push('No speech was found.');
  return `${blocks.join('\n\n')}\n`;
}

import type { Transcript } from '../../protocol/transcript.ts';
import { type Cue, toCues } from './cues.ts';
import { singleLine } from './singleLine.ts';
import { subtitleTime } from './subtitleTime.ts';

/** SubRip subtitles; the speaker is named where the speaker changes, as SubRip has no voice tag. */
export function toSrt(transcript: Transcript): string {
  const named = transcript.speakers.length > 1;
  let previous: string | null = null;
  const sources = transcript.segments.map((segment, index) => {
    // `-->` is what SubRip readers look for to find a cue.
    const words = singleLine(segment.text).replaceAll('-->', '->');
    const speaker = singleLine(segment.speaker).replaceAll('-->', '->');
    const changed = named && words !== '' && segment.speaker !== previous;
    if (words !== '') previous = segment.speaker;
    return { ...segment, index, text: changed ? `${speaker}: ${words}` : words };
  });
  return toCues(sources).map(block).join('\n');
}

function block(cue: Cue, index: number): string {
  const from = subtitleTime(cue.startMilliseconds, ',');
  const to = subtitleTime(cue.endMilliseconds, ',');
  return `${index + 1}\n${from} --> ${to}\n${cue.lines.join('\n')}\n`;
}

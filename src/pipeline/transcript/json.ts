import type { Transcript } from '../../protocol/transcript.ts';

/** The transcript as JSON: segments, speakers, language and duration, with title, source and chapters beside them. */
export function toJson(transcript: Transcript): string {
  return `${JSON.stringify(transcript, null, 2)}\n`;
}

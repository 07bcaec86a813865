import type { Transcript } from '../../protocol/transcript.ts';

/**
 * Rich Transcription Time Marked: one `SPEAKER` line of ten fields a turn, for tools that score diarisation. Turns follow
 * the voices and may overlap; a transcript without them gives its segments.
 *
 * The fields are separated by spaces, so that file id and speaker names are made safe.
 */
export function toRttm(transcript: Transcript, fileId: string): string {
  const file = field(fileId);
  return (transcript.turns ?? transcript.segments)
    .map(({ start, end, speaker }) => {
      const duration = Math.max(0, end - start).toFixed(3);
      return `SPEAKER ${file} 1 ${start.toFixed(3)} ${duration} <NA> <NA> ${field(speaker)} <NA> <NA>\n`;
    })
    .join('');
}

function field(text: string): string {
  const safe = text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_');
  return safe === '' ? '_' : safe;
}

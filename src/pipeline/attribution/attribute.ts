import type { EmbeddingClass } from '../../protocol/transcript.ts';
import type { SpeakerTurn } from '../diarisation/timeline.ts';
import type { Clip } from '../segmentation/clips.ts';
import type { RecognisedText } from '../stages/recogniseStage.ts';
import { nearestSpeaker, partsOf } from './clipSpeakers.ts';
import { segmentVoice, type SpokenPiece } from './segmentVoice.ts';
import { splitText } from './splitText.ts';

/** A segment with its speaker (by first appearance) and its voice. */
export interface AttributedSegment {
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
  readonly text: string;
  readonly confidence: number;
  readonly flags: readonly string[];
  readonly embedding: EmbeddingClass;
  readonly voice: Float32Array | null;
  /** Index of the clip whose text this is, whole; -1 for a part of one. */
  readonly clip: number;
}

/** Below this the reader should be warned. Calibrated on clean against disturbed speech. */
const LOW_CONFIDENCE = 0.6;

/**
 * Gives every recognised clip its speaker, splits those in which the speaker changes, and gives each segment its voice.
 *
 * @param turns of the whole recording, by start
 * @param pieces by the start of their window
 */
export function attributeClips(
  clips: readonly Clip[],
  texts: readonly RecognisedText[],
  turns: readonly SpeakerTurn[],
  pieces: readonly SpokenPiece[],
): AttributedSegment[] {
  const segments: AttributedSegment[] = [];
  const nearTurns = slidingTurns(turns);
  const nearPieces = slidingPieces(pieces);
  clips.forEach((clip, index) => {
    const text = texts[index];
    if (!text || text.lost !== null) return;
    const { startSeconds: start, endSeconds: end } = clip;
    const around = nearTurns(start, end);
    const voices = nearPieces(start - 5, end + 5);
    const parts = splitParts(start, end, text.text, around);
    for (const part of parts) {
      const known = part.speaker === -1 ? nearestSpeaker(start, end, turns) : part.speaker;
      const voice = segmentVoice(part.start, part.end, known, voices);
      segments.push({
        start: part.start,
        end: part.end,
        speaker: Math.max(0, known),
        text: part.text,
        confidence: text.confidence,
        flags: flagsOf(text, parts.length > 1),
        embedding: voice.embedding,
        voice: voice.vector,
        clip: parts.length === 1 ? index : -1,
      });
    }
  });
  return segments;
}

function flagsOf(text: RecognisedText, split: boolean): string[] {
  return [
    ...text.flags,
    ...(text.confidence < LOW_CONFIDENCE ? ['low-confidence'] : []),
    ...(split ? ['split'] : []),
  ];
}

interface TextPart {
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
  readonly text: string;
}

function splitParts(
  start: number,
  end: number,
  text: string,
  turns: readonly SpeakerTurn[],
): TextPart[] {
  const parts = partsOf(start, end, turns);
  const result: TextPart[] = [];
  let rest = text;
  let from = start;
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    const split = last ? null : splitText(rest, (part.end - from) / (end - from));
    if (last || split) {
      result.push({ ...part, start: from, text: split ? split[0] : rest });
      rest = split ? split[1] : '';
      from = part.end;
    }
  }
  return result;
}

/** Turns near a stretch, for stretches asked for in order of time. */
function slidingTurns(turns: readonly SpeakerTurn[]) {
  let first = 0;
  let longest = 0;
  for (const turn of turns) longest = Math.max(longest, turn.end - turn.start);
  return (start: number, end: number): SpeakerTurn[] => {
    while (first < turns.length && (turns[first] as SpeakerTurn).start < start - longest) first++;
    const near: SpeakerTurn[] = [];
    for (let i = first; i < turns.length; i++) {
      const turn = turns[i] as SpeakerTurn;
      if (turn.start >= end) break;
      if (turn.end > start) near.push(turn);
    }
    return near;
  };
}

/** How far out of order pieces may be: two windows. */
const PIECE_DISORDER_SECONDS = 20;

function slidingPieces(pieces: readonly SpokenPiece[]) {
  let first = 0;
  return (start: number, end: number): SpokenPiece[] => {
    const at = (i: number) => (pieces[i] as SpokenPiece).maskSeconds[0] ?? 0;
    while (first < pieces.length && at(first) < start - PIECE_DISORDER_SECONDS) first++;
    const near: SpokenPiece[] = [];
    for (let i = first; i < pieces.length && at(i) < end + PIECE_DISORDER_SECONDS; i++) {
      near.push(pieces[i] as SpokenPiece);
    }
    return near;
  };
}

import type { Seconds } from '../../profiler/model/units.ts';
import type { AudioFeed } from '../audio/audioFeed.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import { type Piece, windowPieces } from '../diarisation/pieces.ts';
import { chunkEnd } from '../segmentation/chunks.ts';
import { FrameAxis } from '../segmentation/frames.ts';
import { type FrameRun, speechRuns } from '../segmentation/speech.ts';
import type { SegmentedWindow } from '../stages/segmentStage.ts';

/** Some minutes of audio that go through the stages together. What a chunk holds depends on the audio alone. */
export interface Chunk {
  readonly index: number;
  /** Frames of the axis [first, end). */
  readonly first: number;
  readonly end: number;
  readonly startSeconds: Seconds;
  readonly endSeconds: Seconds;
  readonly runs: readonly FrameRun[];
  /** Number of windows over the audio where the chunk is the last to be planned, else Infinity. */
  readonly windows: number;
  /** Pieces whose middle lies in the chunk. */
  readonly pieces: readonly Piece[];
}

/** Cuts the audio into chunks at pauses as its windows come in. */
export class ChunkPlanner {
  readonly axis = new FrameAxis();
  #pieces: Piece[] = [];
  #first = 0;
  #index = 0;
  #startSeconds = 0;
  readonly #feed: AudioFeed;

  constructor(feed: AudioFeed) {
    this.#feed = feed;
  }

  /** Takes the next window and gives the chunks that are complete with it. */
  add(window: SegmentedWindow): Chunk[] {
    const audioEnd = window.last ? this.#feed.samples / SAMPLE_RATE : Infinity;
    this.axis.append(window.bytes, window.last, audioEnd);
    this.#pieces.push(...windowPieces(window.bytes, window.index, window.last));
    const chunks: Chunk[] = [];
    for (;;) {
      const end = chunkEnd(this.axis, this.#first, window.last);
      if (end === null) return chunks;
      chunks.push(this.#take(end, window));
    }
  }

  #take(end: number, window: SegmentedWindow): Chunk {
    const last = window.last && end === this.axis.length;
    const endSeconds = last ? this.#feed.samples / SAMPLE_RATE : (this.axis.seconds[end] as number);
    const here = (piece: Piece) => last || middleOf(piece) < endSeconds;
    const chunk: Chunk = {
      index: this.#index++,
      first: this.#first,
      end,
      startSeconds: this.#startSeconds,
      endSeconds,
      windows: window.last ? window.index + 1 : Infinity,
      runs: speechRuns(this.axis, this.#first, end),
      pieces: this.#pieces.filter(here),
    };
    this.#pieces = this.#pieces.filter((piece) => !here(piece));
    this.#first = end;
    this.#startSeconds = endSeconds;
    return chunk;
  }
}

function middleOf(piece: Piece): Seconds {
  return piece.maskSeconds[piece.maskSeconds.length >> 1] as Seconds;
}

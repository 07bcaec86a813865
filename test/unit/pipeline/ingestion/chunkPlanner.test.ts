import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioFeed } from '../../../../src/pipeline/audio/audioFeed.ts';
import { windowPieces } from '../../../../src/pipeline/diarisation/pieces.ts';
import { type Chunk, ChunkPlanner } from '../../../../src/pipeline/ingestion/chunkPlanner.ts';
import {
  CHUNK_MAX_SECONDS,
  CHUNK_MIN_SECONDS,
  chunkEnd,
} from '../../../../src/pipeline/segmentation/chunks.ts';
import { speechRuns } from '../../../../src/pipeline/segmentation/speech.ts';
import {
  axisOf,
  recordings,
  type SegmentedAudio,
  segmentedAudio,
} from '../../../helpers/segmentedAudio.ts';

/** Some minutes, so that there are none to four chunks. */
const long = recordings({ maxRuns: 100, longestRun: 20 });

/** Feeds windows one after another; gives the chunks with the number of the window that completed each. */
function stream(audio: SegmentedAudio) {
  const feed = AudioFeed.of('', audio.samples);
  const planner = new ChunkPlanner(feed);
  const chunks: { chunk: Chunk; after: number }[] = [];
  audio.windows.forEach((bytes, index) => {
    const last = index === audio.windows.length - 1;
    for (const chunk of planner.add({ index, bytes, last })) chunks.push({ chunk, after: index });
  });
  return chunks;
}

const middle = (times: Float64Array) => times[times.length >> 1]!;

describe('ChunkPlanner', () => {
  it('gives the chunks that planning on the whole recording gives', () => {
    fc.assert(
      fc.property(long, (audio) => {
        const axis = axisOf(audio);
        const count = audio.windows.length;
        const pieces = audio.windows.flatMap((bytes, w) => windowPieces(bytes, w, w === count - 1));
        let first = 0;
        let startSeconds = 0;
        for (const { chunk } of stream(audio)) {
          const end = chunkEnd(axis, first, true)!;
          const whole = end === axis.length;
          const endSeconds = whole ? audio.samples / 16_000 : axis.seconds[end]!;
          expect(chunk).toMatchObject({ first, end, startSeconds, endSeconds });
          expect(chunk.runs).toEqual(speechRuns(axis, first, end));
          const here = pieces.filter(
            ({ maskSeconds }) =>
              middle(maskSeconds) >= startSeconds && (whole || middle(maskSeconds) < endSeconds),
          );
          expect(chunk.pieces).toEqual(here);
          [first, startSeconds] = [end, endSeconds];
        }
        expect(first).toBe(axis.length);
      }),
      { numRuns: 25 },
    );
  });

  it('tiles the audio, and puts every piece in exactly one chunk', () => {
    fc.assert(
      fc.property(long, (audio) => {
        const chunks = stream(audio).map(({ chunk }) => chunk);
        chunks.forEach((chunk, i) => {
          expect(chunk.index).toBe(i);
          expect(chunk.startSeconds).toBe(chunks[i - 1]?.endSeconds ?? 0);
          const seconds = chunk.endSeconds - chunk.startSeconds;
          expect(seconds).toBeLessThanOrEqual(CHUNK_MAX_SECONDS + 0.1);
          if (i < chunks.length - 1) {
            expect(seconds).toBeGreaterThanOrEqual(CHUNK_MIN_SECONDS - 0.1);
            expect([Infinity, audio.windows.length]).toContain(chunk.windows);
          } else {
            expect(chunk.endSeconds).toBe(audio.samples / 16_000);
            expect(chunk.windows).toBe(audio.windows.length);
          }
        });
        const count = audio.windows.length;
        const pieces = audio.windows.flatMap((bytes, w) => windowPieces(bytes, w, w === count - 1));
        const key = ({ window, local, first }: { window: number; local: number; first: number }) =>
          `${window}.${local}.${first}`;
        const dealt = chunks.flatMap((chunk) => chunk.pieces.map(key));
        expect([...dealt].sort()).toEqual(pieces.map(key).sort());
      }),
      { numRuns: 25 },
    );
  });

  it('decides a chunk by the windows up to its end alone', () => {
    fc.assert(
      fc.property(long, long, (audio, other) => {
        const chunks = stream(audio).filter(({ after }) => after < audio.windows.length - 1);
        for (const { chunk, after } of chunks) {
          // The same beginning, then something else altogether.
          const windows = [...audio.windows.slice(0, after + 1), ...other.windows];
          const seconds = (windows.length - 1) * 8 + 10;
          const changed = stream({ windows, seconds, samples: seconds * 16_000 });
          expect(changed[chunk.index]).toEqual({ chunk, after });
        }
      }),
      { numRuns: 12 },
    );
  });

  it('has recordings of several chunks to try this on', () => {
    const most = Math.max(
      ...fc.sample(long, { numRuns: 40, seed: 1 }).map((a) => stream(a).length),
    );
    expect(most).toBeGreaterThanOrEqual(3);
  });

  it('cuts in the middle of the longest pause where there is one', () => {
    const audio = segmentedAudio([
      { class: 1, seconds: 155 },
      { class: 0, seconds: 1 },
      { class: 1, seconds: 14 },
      { class: 0, seconds: 3 },
      { class: 1, seconds: 100 },
    ]);
    const [first] = stream(audio);
    expect(first!.chunk.endSeconds).toBeCloseTo(171.5, 1);
  });

  it('has no chunk without audio', () => {
    const audio = segmentedAudio([{ class: 0, seconds: 0 }]);
    expect(audio.windows).toHaveLength(1);
    expect(stream(audio)).toEqual([]);
  });
});

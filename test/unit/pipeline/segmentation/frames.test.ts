import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameAxis, windowBytes } from '../../../../src/pipeline/segmentation/frames.ts';
import {
  FRAME_SECONDS,
  HOP_SECONDS,
  keptFrames,
  WINDOW_SECONDS,
  windowCount,
} from '../../../../src/pipeline/segmentation/windows.ts';
import { evenly } from '../../../helpers/numbers.ts';
import { axisOf, recordings, SAMPLE_RATE } from '../../../helpers/segmentedAudio.ts';

const audio = recordings({ maxRuns: 12, longestRun: 9 });

describe('windows', () => {
  it('cover the audio, and no window more than that', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000 }), (samples) => {
        const count = windowCount(samples);
        const covered = ((count - 1) * HOP_SECONDS + WINDOW_SECONDS) * SAMPLE_RATE;
        expect(count).toBeGreaterThanOrEqual(1);
        expect(covered).toBeGreaterThanOrEqual(samples);
        if (count > 1) expect(covered - HOP_SECONDS * SAMPLE_RATE).toBeLessThan(samples);
      }),
    );
  });

  it('keep their middle 8 s, the first its start and the last its end', () => {
    expect(keptFrames(0, 3)).toEqual({ first: 0, end: 532 });
    expect(keptFrames(1, 3)).toEqual({ first: 58, end: 532 });
    expect(keptFrames(2, 3)).toEqual({ first: 58, end: 589 });
    expect(keptFrames(0, 1)).toEqual({ first: 0, end: 589 });
  });
});

describe('FrameAxis', () => {
  it('has frames from the start to the end of the audio without a hole', () => {
    fc.assert(
      fc.property(audio, (recording) => {
        const { seconds } = axisOf(recording);
        const edges = [-FRAME_SECONDS, ...seconds];
        edges.slice(1).forEach((time, i) => {
          expect(time - edges[i]!).toBeGreaterThan(0.9 * FRAME_SECONDS);
          expect(time - edges[i]!).toBeLessThan(3 * FRAME_SECONDS);
        });
        expect(recording.seconds - (seconds.at(-1) ?? 0)).toBeLessThan(3 * FRAME_SECONDS);
        for (const time of seconds) expect(time).toBeLessThan(recording.seconds);
      }),
      { numRuns: 30 },
    );
  });

  it('never changes a frame that is there when a window is added', () => {
    fc.assert(
      fc.property(audio, ({ windows, seconds }) => {
        const axis = new FrameAxis();
        let before = { seconds: new Float64Array(), speech: new Float32Array() };
        windows.forEach((bytes, w) => {
          axis.append(bytes, w === windows.length - 1, seconds);
          expect(axis.seconds.subarray(0, before.seconds.length)).toEqual(before.seconds);
          expect(axis.speech.subarray(0, before.speech.length)).toEqual(before.speech);
          before = { seconds: axis.seconds.slice(), speech: axis.speech.slice() };
        });
        expect(axis.windows).toBe(windows.length);
      }),
      { numRuns: 30 },
    );
  });

  it('finds the first frame at or after a time', () => {
    fc.assert(
      fc.property(audio, evenly(-1, 60), (recording, time) => {
        const axis = axisOf(recording);
        const found = axis.seconds.findIndex((second) => second >= time);
        expect(axis.frameAt(time)).toBe(found === -1 ? axis.length : found);
      }),
      { numRuns: 30 },
    );
  });
});

describe('windowBytes', () => {
  it('cuts one window out of several', () => {
    const size = 589 * 7;
    const bytes = Uint8Array.from({ length: 3 * size }, (_, i) => Math.floor(i / size));
    expect([...new Set(windowBytes(bytes, 1))]).toEqual([1]);
    expect(windowBytes(bytes, 2)).toHaveLength(size);
  });
});

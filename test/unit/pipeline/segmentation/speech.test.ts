import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speechRuns, TIGHT_SPEECH } from '../../../../src/pipeline/segmentation/speech.ts';
import { axisOfSpeech } from '../../../helpers/segmentedAudio.ts';

/** Frames at a probability, as often as said. */
const frames = (...parts: (readonly [count: number, probability: number])[]) =>
  parts.flatMap(([count, probability]) =>
    Array.from({ length: count }, () => Math.round(probability * 255)),
  );
const runsOf = (speech: number[]) => {
  const axis = axisOfSpeech(speech);
  return speechRuns(axis, 0, axis.length).map(({ first, end }) => [first, end]);
};

describe('speechRuns', () => {
  it('begins at the onset and holds through less, down to the offset', () => {
    expect(runsOf(frames([10, 0.45], [20, 0.6], [20, 0.45], [20, 0.3], [10, 0.45]))).toEqual([
      [10, 50],
    ]);
  });

  it('closes a short pause and keeps a longer one', () => {
    expect(runsOf(frames([20, 1], [11, 0], [20, 1]))).toEqual([[0, 51]]);
    expect(runsOf(frames([20, 1], [12, 0], [20, 1]))).toEqual([
      [0, 20],
      [32, 52],
    ]);
  });

  it('leaves a click out', () => {
    expect(runsOf(frames([20, 0], [5, 1], [40, 0], [6, 1], [20, 0]))).toEqual([[65, 71]]);
  });

  it('ends with the stretch that was asked for', () => {
    const axis = axisOfSpeech(frames([100, 1]));
    expect(speechRuns(axis, 20, 60)).toEqual([{ first: 20, end: 60 }]);
    expect(speechRuns(axis, 100, 100)).toEqual([]);
  });

  it('keeps the order, the pauses and the thresholds', () => {
    const speech = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 60, 105, 120, 130, 255)),
      { minLength: 1, maxLength: 14 },
    );
    fc.assert(
      fc.property(speech, (parts) => {
        const values = parts.flatMap(([n, value]) => Array.from({ length: n }, () => value));
        const axis = axisOfSpeech(values.slice(0, 589));
        const runs = speechRuns(axis, 0, axis.length);
        const inside = new Uint8Array(axis.length);
        runs.forEach((run, i) => {
          expect(run.end - run.first).toBeGreaterThanOrEqual(TIGHT_SPEECH.shortestSpeech);
          expect(axis.speech[run.first]).toBeGreaterThanOrEqual(TIGHT_SPEECH.onset);
          expect(axis.speech[run.end - 1]).toBeGreaterThanOrEqual(TIGHT_SPEECH.offset);
          const pause = i === 0 ? Infinity : run.first - runs[i - 1]!.end;
          expect(pause).toBeGreaterThanOrEqual(TIGHT_SPEECH.shortestPause);
          inside.fill(1, run.first, run.end);
        });
        // Speech outside all runs is only in bursts that are too short.
        let burst = 0;
        axis.speech.forEach((value, f) => {
          burst = value >= TIGHT_SPEECH.onset && inside[f] === 0 ? burst + 1 : 0;
          expect(burst).toBeLessThan(TIGHT_SPEECH.shortestSpeech);
        });
      }),
    );
  });
});

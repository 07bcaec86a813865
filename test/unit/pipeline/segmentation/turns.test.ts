import { describe, expect, it } from 'vitest';
import { ownedRuns, voiceFrames } from '../../../../src/pipeline/segmentation/turns.ts';
import { axisOf, segmentedAudio } from '../../../helpers/segmentedAudio.ts';

/** Frames of voices, -1 for nobody. */
const frames = (...parts: (readonly [count: number, voice: number])[]) =>
  Int32Array.from(parts.flatMap(([count, voice]) => Array.from({ length: count }, () => voice)));
const owned = (first: Int32Array, second = new Int32Array(first.length).fill(-1)) =>
  ownedRuns({ offset: 0, first, second }, [{ first: 0, end: first.length }]).map(
    ({ first: from, end, voice }) => [from, end, voice],
  );

describe('ownedRuns', () => {
  it('leaves the floor to who holds it while both speak, whichever is named first', () => {
    expect(owned(frames([50, 0], [50, 1]), frames([50, -1], [50, 0]))).toEqual([[0, 100, 0]]);
    expect(owned(frames([50, 0], [50, 1]), frames([50, -1], [50, 2]))).toEqual([
      [0, 50, 0],
      [50, 100, 1],
    ]);
  });

  it('gives frames of nobody to who spoke before, at the start to who speaks next', () => {
    expect(owned(frames([50, 0], [60, -1], [50, 1]))).toEqual([
      [0, 110, 0],
      [110, 160, 1],
    ]);
    expect(owned(frames([50, -1], [50, 1]))).toEqual([[0, 100, 1]]);
    expect(owned(frames([50, -1]))).toEqual([[0, 50, -1]]);
  });

  it('joins what is too short to its longer neighbour', () => {
    expect(owned(frames([40, 0], [20, 1], [60, 2]))).toEqual([
      [0, 40, 0],
      [40, 120, 2],
    ]);
    expect(owned(frames([20, 0]))).toEqual([[0, 20, 0]]);
    expect(owned(frames([10, 0], [11, 1], [12, 0]))).toHaveLength(1);
  });

  it('treats runs one by one', () => {
    const first = frames([100, 0]);
    const runs = [
      { first: 0, end: 30 },
      { first: 60, end: 100 },
    ];
    const second = new Int32Array(100).fill(-1);
    const found = ownedRuns({ offset: 0, first, second }, runs);
    expect(found).toEqual(runs.map((run) => ({ ...run, voice: 0 })));
  });
});

describe('voiceFrames', () => {
  it('lays turns over the frames of a stretch, a second voice beside the first', () => {
    const axis = axisOf(segmentedAudio([{ class: 1, seconds: 9 }]));
    const [from, to] = [axis.frameAt(1), axis.frameAt(5)];
    const voices = voiceFrames(axis, from, to, [
      { start: 0, end: 2, speaker: 4 },
      { start: 1.5, end: 3, speaker: 7 },
    ]);
    expect(voices.offset).toBe(from);
    expect(voices.first).toHaveLength(to - from);
    const at = (time: number) => {
      const f = axis.frameAt(time) - from;
      return [voices.first[f], voices.second[f]];
    };
    expect([at(1), at(1.7), at(2.5), at(4)]).toEqual([
      [4, -1],
      [4, 7],
      [7, -1],
      [-1, -1],
    ]);
  });
});

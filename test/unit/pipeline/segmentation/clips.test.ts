import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Clip,
  LONGEST_CLIP_SECONDS,
  planClips,
  quietestSecond,
} from '../../../../src/pipeline/segmentation/clips.ts';
import { type FrameRun, speechRuns } from '../../../../src/pipeline/segmentation/speech.ts';
import { voiceFrames } from '../../../../src/pipeline/segmentation/turns.ts';
import { FRAME_SECONDS } from '../../../../src/pipeline/segmentation/windows.ts';
import { evenly } from '../../../helpers/numbers.ts';
import {
  axisOf,
  recordings,
  SAMPLE_RATE,
  type SegmentedAudio,
  segmentedAudio,
} from '../../../helpers/segmentedAudio.ts';

interface Turn {
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
}

/** Frames of neighbouring windows are up to a hundredth further apart than frames of one. */
const SLACK_SECONDS = 0.01;
/** 0.6 s: a turn that is longer is never part of another voice's clip. */
const LONG_TURN_FRAMES = 36;

const turns = fc.array(
  fc.record({
    start: evenly(0, 120),
    length: evenly(0.05, 30),
    speaker: fc.nat(3),
  }),
  { maxLength: 12 },
);

function plan(audio: SegmentedAudio, spoken: readonly Turn[]) {
  const axis = axisOf(audio);
  const runs = speechRuns(axis, 0, axis.length);
  const voices = voiceFrames(axis, 0, axis.length, spoken);
  return { axis, runs, voices, clips: planClips(axis, runs, voices, audio.seconds) };
}

const inputs = fc.tuple(recordings({ maxRuns: 14, longestRun: 25 }), turns).map(([audio, rows]) => {
  const spoken = rows.map(({ start, length, speaker }) => ({
    start,
    end: start + length,
    speaker,
  }));
  return { audio, ...plan(audio, spoken) };
});

const covers = (clips: readonly (Clip | FrameRun)[], frame: number) =>
  clips.filter((clip) => clip.first <= frame && frame < clip.end).length;

describe('planClips', () => {
  it('cuts clips that are in order, apart, short enough and within the audio', () => {
    fc.assert(
      fc.property(inputs, ({ audio, clips }) => {
        clips.forEach((clip, i) => {
          const before = clips[i - 1];
          expect(clip.end).toBeGreaterThan(clip.first);
          expect(clip.first).toBeGreaterThanOrEqual(before?.end ?? 0);
          expect(clip.startSeconds).toBeGreaterThanOrEqual((before?.endSeconds ?? 0) - 1e-9);
          expect(clip.startSample).toBeGreaterThanOrEqual(before?.endSample ?? 0);
          expect(clip.endSample).toBeGreaterThan(clip.startSample);
          expect(clip.endSample).toBeLessThanOrEqual(audio.samples);
          const seconds = (clip.endSample - clip.startSample) / SAMPLE_RATE;
          expect(seconds).toBeLessThanOrEqual(LONGEST_CLIP_SECONDS + SLACK_SECONDS);
          expect(clip.startSample / SAMPLE_RATE).toBeLessThanOrEqual(clip.startSeconds + 1e-4);
          expect(clip.endSample / SAMPLE_RATE).toBeGreaterThanOrEqual(clip.endSeconds - 1e-4);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('puts every frame of speech in exactly one clip', () => {
    fc.assert(
      fc.property(inputs, ({ axis, runs, clips }) => {
        for (const run of runs) {
          for (let f = run.first; f < run.end; f++) expect(covers(clips, f)).toBe(1);
        }
        // What is not speech is in a clip only as a pause within it.
        for (const clip of clips) {
          expect(covers(runs, clip.first)).toBe(1);
          expect(covers(runs, clip.end - 1)).toBe(1);
          expect(clip.startSeconds).toBeCloseTo(
            Math.max(0, axis.seconds[clip.first]! - FRAME_SECONDS / 2),
            9,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives what one voice alone says for 0.6 s or more to a clip of that voice', () => {
    fc.assert(
      fc.property(inputs, ({ runs, voices, clips }) => {
        for (const run of runs) {
          let since = run.first;
          for (let f = run.first; f < run.end; f++) {
            const voice = voices.first[f]!;
            const alone = voice !== -1 && voices.second[f] === -1;
            if (!alone || voice !== voices.first[since]) since = alone ? f : f + 1;
            if (f + 1 - since < LONG_TURN_FRAMES) continue;
            const clip = clips.find((each) => each.first <= f && f < each.end);
            expect(clip!.voice).toBe(voice);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('cuts where another voice takes over, without a pause', () => {
    const audio = segmentedAudio([{ class: 1, seconds: 8 }]);
    const { clips } = plan(audio, [
      { start: 0, end: 4, speaker: 0 },
      { start: 4, end: 8, speaker: 1 },
    ]);
    expect(clips.map(({ voice }) => voice)).toEqual([0, 1]);
    expect(clips[0]!.endSeconds).toBeCloseTo(4, 1);
    expect(clips[0]!.endSample).toBe(clips[1]!.startSample);
  });

  it('does not cut for a backchannel, nor for overlap while the floor is held', () => {
    const audio = segmentedAudio([{ class: 1, seconds: 9 }]);
    const short = [
      { start: 0, end: 4, speaker: 0 },
      { start: 4, end: 4.4, speaker: 1 },
      { start: 4.4, end: 9, speaker: 0 },
    ];
    expect(plan(audio, short).clips.map(({ voice }) => voice)).toEqual([0]);
    const overlapped = [
      { start: 0, end: 9, speaker: 0 },
      { start: 3, end: 6, speaker: 1 },
    ];
    expect(plan(audio, overlapped).clips.map(({ voice }) => voice)).toEqual([0]);
  });

  it('joins over a breath and not over a pause', () => {
    const pause = (seconds: number) =>
      plan(
        segmentedAudio([
          { class: 1, seconds: 3 },
          { class: 0, seconds },
          { class: 1, seconds: 3 },
        ]),
        [{ start: 0, end: 9, speaker: 0 }],
      ).clips;
    expect(pause(0.5)).toHaveLength(1);
    expect(pause(1)).toHaveLength(2);
  });
});

describe('quietestSecond', () => {
  it('is within the middle half of a clip, and none for a short one', () => {
    fc.assert(
      fc.property(inputs, ({ axis, clips }) => {
        for (const clip of clips) {
          const second = quietestSecond(axis, clip);
          const length = (clip.end - clip.first) * FRAME_SECONDS;
          if (length < 2) expect(second).toBeNull();
          else {
            const quarter = Math.floor((clip.end - clip.first) / 4);
            expect(second).toBeGreaterThanOrEqual(axis.seconds[clip.first + quarter]!);
            expect(second).toBeLessThanOrEqual(axis.seconds[clip.end - quarter]!);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

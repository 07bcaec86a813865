import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowPieces } from '../../../../src/pipeline/diarisation/pieces.ts';
import {
  byFirstAppearance,
  speakerTurns,
  type SpeakerTurn,
} from '../../../../src/pipeline/diarisation/timeline.ts';
import { evenly } from '../../../helpers/numbers.ts';
import {
  type ClassRun,
  recordings,
  type SegmentedAudio,
  segmentedAudio,
} from '../../../helpers/segmentedAudio.ts';

/** Turns when every piece's speaker is the one that `segmentedAudio` has moved to its local number. */
function turnsOf(audio: SegmentedAudio): SpeakerTurn[] {
  const count = audio.windows.length;
  const pieces = audio.windows.flatMap((bytes, w) => windowPieces(bytes, w, w === count - 1));
  const speakerOf = Int32Array.from(pieces, ({ window, local }) => (local - (window % 3) + 3) % 3);
  return speakerTurns(pieces, speakerOf, count, audio.seconds);
}

const talk = (...runs: (readonly [held: number, seconds: number])[]): ClassRun[] =>
  runs.map(([held, seconds]) => ({ class: held, seconds }));

describe('speakerTurns', () => {
  it('gives back who spoke when, across windows and in overlap', () => {
    const audio = segmentedAudio(talk([0, 2], [1, 11], [4, 2], [2, 6], [0, 3], [3, 4]));
    const turns = turnsOf(audio);
    expect(turns.map(({ speaker }) => speaker)).toEqual([0, 1, 2]);
    const edges = [
      [2, 15],
      [13, 21],
      [24, 28],
    ];
    turns.forEach((turn, i) => {
      expect(Math.abs(turn.start - edges[i]![0]!)).toBeLessThan(0.02);
      expect(Math.abs(turn.end - edges[i]![1]!)).toBeLessThan(0.02);
    });
  });

  it('is in order, within the audio, and never has two touching turns of one speaker', () => {
    fc.assert(
      fc.property(recordings({ maxRuns: 25, longestRun: 10 }), (audio) => {
        const turns = turnsOf(audio);
        const ends = new Map<number, number>();
        turns.forEach((turn, i) => {
          expect(turn.end).toBeGreaterThan(turn.start);
          expect(turn.start).toBeGreaterThanOrEqual(turns[i - 1]?.start ?? 0);
          expect(turn.end).toBeLessThanOrEqual(audio.seconds);
          const before = ends.get(turn.speaker) ?? -Infinity;
          expect(turn.start - before).toBeGreaterThan(0.05);
          ends.set(turn.speaker, turn.end);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('byFirstAppearance', () => {
  it('numbers speakers in the order in which they speak, and changes nothing else', () => {
    const turns = fc
      .array(fc.tuple(evenly(0, 100), evenly(0.1, 5), fc.nat(5)), { maxLength: 20 })
      .map((rows) =>
        rows
          .map(([start, length, speaker]): SpeakerTurn => ({ start, end: start + length, speaker }))
          .sort((a, b) => a.start - b.start),
      );
    fc.assert(
      fc.property(turns, (before) => {
        const { turns: after, renumbered } = byFirstAppearance(before, 6);
        const met = [...new Set(after.map(({ speaker }) => speaker))];
        expect(met).toEqual([...met.keys()]);
        expect(after.map(({ start, end }) => [start, end])).toEqual(
          before.map(({ start, end }) => [start, end]),
        );
        before.forEach(({ speaker }, i) => expect(renumbered[speaker]).toBe(after[i]!.speaker));
        for (let old = 0; old < 6; old++) {
          if (before.every(({ speaker }) => speaker !== old)) expect(renumbered[old]).toBe(-1);
        }
      }),
    );
  });
});

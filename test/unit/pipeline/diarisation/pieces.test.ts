import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Piece, windowPieces } from '../../../../src/pipeline/diarisation/pieces.ts';
import { planVoices } from '../../../../src/pipeline/diarisation/voicePlan.ts';
import { activeMask } from '../../../../src/pipeline/segmentation/localSpeakers.ts';
import { speechRuns } from '../../../../src/pipeline/segmentation/speech.ts';
import {
  CLASS_MASKS,
  CLASSES,
  FRAME_SECONDS,
  frameSeconds,
  FRAMES_PER_WINDOW,
  HOP_SECONDS,
  keptFrames,
} from '../../../../src/pipeline/segmentation/windows.ts';
import { axisOf, recordings, segmentedAudio } from '../../../helpers/segmentedAudio.ts';

const audio = recordings({ maxRuns: 12, longestRun: 8 });

const piecesOf = (windows: readonly Uint8Array[]) =>
  windows.map((bytes, w) => windowPieces(bytes, w, w === windows.length - 1));

describe('activeMask', () => {
  it('is that of the most probable class', () => {
    CLASS_MASKS.forEach((mask, held) => {
      const bytes = new Uint8Array(2 * CLASSES).fill(10);
      bytes[CLASSES + held] = 200;
      expect(activeMask(bytes, 1)).toBe(mask);
    });
  });
});

describe('windowPieces', () => {
  it('cuts pieces of at most 3 s that begin and end with their speaker and touch what is kept', () => {
    fc.assert(
      fc.property(audio, ({ windows }) => {
        piecesOf(windows).forEach((pieces, w) => {
          const kept = keptFrames(w, windows.length);
          for (const piece of pieces) {
            expect(piece.window).toBe(w);
            expect((piece.end - piece.first) * FRAME_SECONDS).toBeLessThanOrEqual(
              3 + FRAME_SECONDS,
            );
            expect(piece.end).toBeGreaterThan(Math.max(piece.first, kept.first));
            expect(piece.first).toBeLessThan(kept.end);
            expect(piece.maskSeconds.length).toBeGreaterThan(0);
            const from = w * HOP_SECONDS + frameSeconds(piece.first);
            expect(piece.maskSeconds[0]).toBeGreaterThanOrEqual(from);
            const to = w * HOP_SECONDS + frameSeconds(piece.end);
            expect(piece.maskSeconds.at(-1)).toBeLessThan(to);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it('holds every kept frame in which a local speaker is active in exactly one piece of that speaker', () => {
    fc.assert(
      fc.property(audio, ({ windows }) => {
        piecesOf(windows).forEach((pieces, w) => {
          const kept = keptFrames(w, windows.length);
          for (let local = 0; local < 3; local++) {
            const held = new Uint8Array(FRAMES_PER_WINDOW);
            for (const piece of pieces.filter((each) => each.local === local)) {
              for (let f = piece.first; f < piece.end; f++) held[f]! += 1;
            }
            for (let f = kept.first; f < kept.end; f++) {
              expect(held[f]).toBeLessThanOrEqual(1);
              if (activeMask(windows[w]!, f) & (1 << local)) expect(held[f]).toBe(1);
            }
          }
        });
      }),
      { numRuns: 25 },
    );
  });

  it('embeds what a speaker says alone; in overlap only where there is too little of that', () => {
    fc.assert(
      fc.property(audio, ({ windows }) => {
        for (const piece of piecesOf(windows).flat()) {
          const bit = 1 << piece.local;
          let [alone, active] = [0, 0];
          for (let f = piece.first; f < piece.end; f++) {
            const mask = activeMask(windows[piece.window]!, f);
            if (mask === bit) alone += 1;
            if (mask & bit) active += 1;
          }
          expect(piece.cleanSeconds).toBeCloseTo(alone * FRAME_SECONDS, 9);
          const enough = piece.cleanSeconds >= 0.4;
          expect(piece.maskSeconds).toHaveLength(enough ? alone : active);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('closes a gap of a tenth of a second and not one of three', () => {
    const pieces = (gap: number) => {
      const { windows } = segmentedAudio([
        { class: 1, seconds: 1 },
        { class: 0, seconds: gap },
        { class: 1, seconds: 1 },
      ]);
      return windowPieces(windows[0]!, 0, true).length;
    };
    expect([pieces(0.1), pieces(0.3)]).toEqual([1, 2]);
  });
});

describe('planVoices', () => {
  const middle = ({ maskSeconds }: Piece) => maskSeconds[maskSeconds.length >> 1]!;

  it('sends speech through the trunk at most once, in units of at most 45 s', () => {
    fc.assert(
      fc.property(recordings({ maxRuns: 20, longestRun: 30 }), (recording) => {
        const axis = axisOf(recording);
        const runs = speechRuns(axis, 0, axis.length);
        const pieces = piecesOf(recording.windows).flat();
        const units = planVoices(axis, runs, pieces, recording.seconds);
        let before = 0;
        for (const unit of units) {
          const samples = unit.stretches.reduce((sum, stretch) => sum + stretch.samples, 0);
          expect(samples / 16_000).toBeCloseTo(unit.seconds, 2);
          // A single run without a pause may be longer than a unit.
          if (unit.stretches.length > 1) expect(unit.seconds).toBeLessThanOrEqual(45.01);
          for (const stretch of unit.stretches) {
            expect(stretch.start).toBeGreaterThanOrEqual(before - 1);
            before = stretch.start + stretch.samples;
            expect(before).toBeLessThanOrEqual(recording.samples + 1);
            for (const mask of stretch.masks) {
              expect(mask.length).toBeGreaterThan(0);
              expect(mask.at(-1)! * 1280).toBeLessThan(stretch.samples);
              expect([...mask]).toEqual([...new Set(mask)].sort((a, b) => a - b));
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('embeds every piece whose middle is speech, once, from where it was said', () => {
    fc.assert(
      fc.property(recordings({ maxRuns: 20, longestRun: 12 }), (recording) => {
        const axis = axisOf(recording);
        const runs = speechRuns(axis, 0, axis.length);
        const pieces = piecesOf(recording.windows).flat();
        const units = planVoices(axis, runs, pieces, recording.seconds);
        const planned = units.flatMap((unit) => [...unit.pieces]);
        expect(new Set(planned).size).toBe(planned.length);
        pieces.forEach((piece, i) => {
          const frame = axis.frameAt(middle(piece));
          const spoken = runs.some((run) => run.first < frame && frame < run.end - 1);
          if (spoken) expect(planned).toContain(i);
        });
        for (const unit of units) {
          const masks = unit.stretches.flatMap((stretch) =>
            stretch.masks.map((mask) => ({ start: stretch.start / 16_000, mask })),
          );
          expect(masks).toHaveLength(unit.pieces.length);
          masks.forEach(({ start, mask }, m) => {
            const { maskSeconds } = pieces[unit.pieces[m]!]!;
            for (const step of mask) {
              const time = start + 0.0125 + 0.08 * step;
              const nearest = maskSeconds.reduce(
                (a, b) => Math.min(a, Math.abs(b - time)),
                Infinity,
              );
              // Half a step, and a step more at a stretch's edge.
              expect(nearest).toBeLessThan(0.08);
            }
          });
        }
      }),
      { numRuns: 30 },
    );
  });
});

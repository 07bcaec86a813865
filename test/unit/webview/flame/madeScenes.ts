import fc from 'fast-check';
import type { PieceColumns } from '../../../../src/profiler/chart/chartColumns.ts';
import { createScene } from '../../../../webview/flame/model/createScene.ts';
import type { Scene, SceneTrack } from '../../../../webview/flame/model/scene.ts';

export interface MadeSpan {
  readonly row?: number;
  readonly start: number;
  readonly duration: number;
  readonly name?: number;
  readonly flags?: number;
}

/** Spans as a piece: ordered by row, then by start; each is numbered by its place in the list. */
export function pieceOf(spans: readonly MadeSpan[]): PieceColumns {
  const order = spans
    .map((span, place) => ({ ...span, place }))
    .sort((a, b) => (a.row ?? 0) - (b.row ?? 0) || a.start - b.start);
  return {
    start: Float64Array.from(order, ({ start }) => start),
    duration: Float64Array.from(order, ({ duration }) => duration),
    span: Uint32Array.from(order, ({ place }) => place),
    name: Uint32Array.from(order, ({ name }) => name ?? 0),
    row: Uint32Array.from(order, ({ row }) => row ?? 0),
    flags: Uint8Array.from(order, ({ flags }) => flags ?? 0),
  };
}

export function trackOf(id: number, over: Partial<SceneTrack> = {}): SceneTrack {
  return {
    id,
    name: `track ${id}`,
    kind: 'thread',
    rows: 1,
    spans: 1,
    pieces: 1,
    flags: 0,
    ...over,
  };
}

/** A scene of one track with these spans, 1000 × 400 pixels, all of it in sight, with two names. */
export function sceneOf(spans: readonly MadeSpan[], extentNs = 1000): Scene {
  const rows = Math.max(0, ...spans.map(({ row }) => row ?? 0)) + 1;
  const scene = createScene([trackOf(0, { rows, spans: spans.length })], extentNs);
  scene.names.add(0, ['alpha', 'beta']);
  scene.store.addPiece(0, 0, pieceOf(spans));
  scene.size = { width: 1000, height: 400, pixelRatio: 1 };
  return scene;
}

/** Spans of one row that do not overlap, of very different lengths, some of them flagged. */
export const rowOfSpans: fc.Arbitrary<readonly MadeSpan[]> = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 100_000 })),
      duration: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1_000_000 })),
      name: fc.integer({ min: 0, max: 1 }),
      flags: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 15 })),
    }),
    { minLength: 1, maxLength: 700 },
  )
  .map((parts) => {
    let at = 0;
    return parts.map(({ gap, duration, name, flags }) => {
      const start = at + gap;
      at = start + duration;
      return { start, duration, name, flags };
    });
  });

/** Texts of any UTF-16 units: controls, lone surrogates, marks of direction. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0, max: 0x7f }),
      fc.integer({ min: 0x2000, max: 0x206f }),
    ),
    { maxLength: 60 },
  )
  .map((units) => String.fromCharCode(...units));

import { expect, it } from 'vitest';
import { createScene } from '../../../../../webview/flame/model/createScene.ts';
import {
  type Direction,
  nearestSpan,
  neighbour,
  tracksInOrder,
} from '../../../../../webview/flame/model/neighbours.ts';
import type { Scene, SpanPlace } from '../../../../../webview/flame/model/scene.ts';
import { pieceOf, trackOf } from '../madeScenes.ts';

/** Row 0: 0–100, 100–200. Row 1: 10–20, 30–40 (in the next piece 110–120). Row 2: 30 without length. */
function scene(): Scene {
  const made = createScene(
    [trackOf(0, { rows: 3, pieces: 2 }), trackOf(1, { rows: 1 }), trackOf(2, { rows: 1 })],
    1000,
  );
  made.store.addPiece(
    0,
    0,
    pieceOf([
      { start: 0, duration: 100 },
      { start: 100, duration: 100 },
      { row: 1, start: 10, duration: 10 },
      { row: 1, start: 30, duration: 10 },
    ]),
  );
  made.store.addPiece(0, 1, {
    ...pieceOf([
      { row: 1, start: 110, duration: 10 },
      { row: 2, start: 30, duration: 0 },
    ]),
    span: Uint32Array.of(4, 5),
  });
  made.store.addPiece(2, 0, {
    ...pieceOf([
      { start: 0, duration: 5 },
      { start: 25, duration: 5 },
    ]),
    span: Uint32Array.of(6, 7),
  });
  return made;
}

function walk(from: SpanPlace | null, ...directions: readonly Direction[]): number | null {
  const made = scene();
  let at = from;
  for (const direction of directions) at = at === null ? null : neighbour(made, at, direction);
  return at?.span ?? null;
}

it('walks along a row, over the edges of pieces, and up and down', () => {
  const first = nearestSpan(scene(), 0, 0);
  expect(first?.span).toBe(0);
  expect(walk(first, 'next')).toBe(1);
  expect(walk(first, 'next', 'next')).toBeNull();
  expect(walk(first, 'previous')).toBeNull();
  expect(walk(first, 'child')).toBe(2);
  expect(walk(first, 'child', 'next', 'next')).toBe(4);
  expect(walk(first, 'child', 'next', 'next', 'previous')).toBe(3);
  expect(walk(first, 'child', 'next', 'next', 'parent')).toBe(1);
  expect(walk(first, 'child', 'next', 'child')).toBe(5);
  expect(walk(first, 'child', 'next', 'child', 'parent')).toBe(3);
  expect(walk(first, 'child', 'child')).toBeNull();
  expect(walk(first, 'parent')).toBeNull();
});

it('goes to the nearest span of the next track that has any', () => {
  const third = neighbour(scene(), nearestSpan(scene(), 0, 150)!, 'child');
  expect(walk(third, 'nextTrack')).toBe(7);
  expect(walk(third, 'nextTrack', 'previousTrack')).toBe(0);
  expect(walk(third, 'nextTrack', 'nextTrack')).toBeNull();
});

it('follows the order in which tracks are drawn', () => {
  const made = scene();
  made.pinned.add(2);
  made.hidden.add(1);
  expect(tracksInOrder(made).map(({ id }) => id)).toEqual([2, 0]);
  expect(neighbour(made, nearestSpan(made, 0, 0)!, 'previousTrack')?.trackId).toBe(2);
  made.collapsed.add(2);
  expect(neighbour(made, nearestSpan(made, 0, 0)!, 'previousTrack')).toBeNull();
  expect(nearestSpan(made, 1, 0)).toBeNull();
});

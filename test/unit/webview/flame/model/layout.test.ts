import { describe, expect, it } from 'vitest';
import { createScene } from '../../../../../webview/flame/model/createScene.ts';
import {
  layoutScene,
  rowAt,
  rowsBetween,
  rowTop,
  rowTopInContent,
  SIZES,
} from '../../../../../webview/flame/model/layout.ts';
import type { Scene } from '../../../../../webview/flame/model/scene.ts';
import { trackOf } from '../madeScenes.ts';

const HEAD = SIZES.minimap + SIZES.ruler;

function sceneWith(rows: readonly number[]): Scene {
  const scene = createScene(
    rows.map((count, id) => trackOf(id, { rows: count })),
    1000,
  );
  scene.size = { width: 800, height: 600, pixelRatio: 1 };
  return scene;
}

describe('layoutScene', () => {
  it('puts tracks one under another below minimap and ruler', () => {
    const { boxes, contentHeight, maxScroll } = layoutScene(sceneWith([2, 3]));
    const first = SIZES.header + 2 * SIZES.row + SIZES.trackEnd;
    expect(boxes.map(({ top }) => top)).toEqual([HEAD, HEAD + first]);
    expect(boxes[1]?.rowsTop).toBe(HEAD + first + SIZES.header);
    expect(contentHeight).toBe(first + SIZES.header + 3 * SIZES.row + SIZES.trackEnd);
    expect(maxScroll).toBe(0);
  });

  it('keeps pinned tracks in sight, hides hidden ones, and shows collapsed ones as bands', () => {
    const scene = sceneWith([2, 50, 50, 1]);
    scene.pinned.add(3);
    scene.hidden.add(0);
    scene.collapsed.add(1);
    scene.view = { ...scene.view, scrollTop: 100 };
    const { boxes, scrolledTop, maxScroll } = layoutScene(scene);
    const pinned = SIZES.header + SIZES.row + SIZES.trackEnd;
    expect(scrolledTop).toBe(HEAD + pinned);
    expect(boxes.map(({ track }) => track.id)).toEqual([3, 2]);
    const band = SIZES.header + SIZES.band + SIZES.trackEnd;
    expect(boxes[1]?.top).toBe(HEAD + pinned - 100 + band);
    expect(boxes[1]?.headerTop).toBe(scrolledTop);
    expect(maxScroll).toBe(
      band + SIZES.header + 50 * SIZES.row + SIZES.trackEnd - (600 - scrolledTop),
    );
  });

  it('leaves room to scroll however much is pinned', () => {
    const scene = sceneWith([100, 5]);
    scene.pinned.add(0);
    const { scrolledTop, boxes } = layoutScene(scene);
    expect(scrolledTop).toBeLessThan(450);
    expect(boxes.map(({ track }) => track.id)).toEqual([0, 1]);
  });

  it('makes room for instants and counters', () => {
    const scene = sceneWith([1]);
    const counter = { index: 0, name: 'cpu', unit: '1', trackId: 0, points: 0, min: 0, max: 1 };
    scene.counters = [{ counter, points: null }];
    scene.instants = {
      time: Float64Array.of(1),
      instant: Uint32Array.of(0),
      track: Uint32Array.of(0),
      span: Uint32Array.of(0),
      level: Uint8Array.of(0),
      kind: Uint8Array.of(0),
    };
    const [box] = layoutScene(scene).boxes;
    expect(box?.rowsTop).toBe(HEAD + SIZES.header + SIZES.instants + SIZES.counter);
    expect(rowTopInContent(scene, 0, 0)).toBe(SIZES.header + SIZES.instants + SIZES.counter);
    scene.showHeaders = scene.showMinimap = scene.showRuler = false;
    expect(layoutScene(scene).boxes[0]?.rowsTop).toBe(SIZES.instants + SIZES.counter);
  });
});

it('finds rows by their height, also where they grow upwards', () => {
  for (const upwards of [false, true]) {
    const scene = createScene([trackOf(0, { rows: 4, upwards })], 1000);
    scene.size = { width: 800, height: 600, pixelRatio: 1 };
    const [box] = layoutScene(scene).boxes;
    for (let row = 0; row < 4; row += 1) {
      expect(rowAt(box!, rowTop(box!, row) + 1)).toBe(row);
      expect(rowTopInContent(scene, 0, row)).toBe(rowTop(box!, row) - HEAD);
      const top = rowTop(box!, row);
      expect(rowsBetween(box!, top, top + SIZES.row)).toEqual({ firstRow: row, lastRow: row });
    }
    expect(rowsBetween(box!, 0, 600)).toEqual({ firstRow: 0, lastRow: 3 });
  }
});

import { expect, it } from 'vitest';
import { createScene } from '../../../../../webview/flame/model/createScene.ts';
import { SIZES } from '../../../../../webview/flame/model/layout.ts';
import { visibleRows } from '../../../../../webview/flame/model/visibleRows.ts';
import { trackOf } from '../madeScenes.ts';

it('names the rows in sight, pinned tracks first, collapsed and hidden ones never', () => {
  const tracks = [100, 3, 2, 5].map((rows, id) => trackOf(id, { rows }));
  const scene = createScene(tracks, 1000);
  scene.size = { width: 800, height: 400, pixelRatio: 1 };
  scene.collapsed.add(3);
  scene.pinned.add(2);
  scene.hidden.add(1);
  scene.view = { ...scene.view, scrollTop: SIZES.header + 10 * SIZES.row + 1 };
  expect(visibleRows(scene)).toEqual([
    { trackId: 2, firstRow: 0, lastRow: 1 },
    { trackId: 0, firstRow: 10, lastRow: 23 },
  ]);
});

import { layoutScene, rowsBetween } from './layout.ts';
import type { Scene, VisibleRows } from './scene.ts';
import { clipOf } from './spanRect.ts';

/** Rows in sight of the tracks that show any, from the top. */
export function visibleRows(scene: Scene): VisibleRows[] {
  const layout = layoutScene(scene);
  return layout.boxes.flatMap((box) => {
    const { top, bottom } = clipOf(scene, layout, box);
    const { firstRow, lastRow } = rowsBetween(box, top, bottom);
    return box.collapsed || firstRow > lastRow
      ? []
      : [{ trackId: box.track.id, firstRow, lastRow }];
  });
}

import { layoutScene, rowsBetween } from '../model/layout.ts';
import type { Scene, VisibleRows } from '../model/scene.ts';
import { clipOf } from '../model/spanRect.ts';

/** Rows that would be in sight of a scene that is not drawn yet. */
export function visibleRows(scene: Scene): VisibleRows[] {
  const layout = layoutScene(scene);
  return layout.boxes.flatMap((box) => {
    const { top, bottom } = clipOf(scene, layout, box);
    const { firstRow, lastRow } = rowsBetween(box, top, bottom);
    if (box.collapsed || firstRow > lastRow) return [];
    return [{ trackId: box.track.id, firstRow, lastRow }];
  });
}

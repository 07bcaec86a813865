import { firstInstant, instantsByTrack } from '../model/instantMarks.ts';
import { SIZES, type TrackBox } from '../model/layout.ts';
import { crisp, type Frame } from './frame.ts';
import type { StripBuffer } from './stripBuffer.ts';

/** Heights of ticks by how bad the instant is: the worse, the taller. */
const HEIGHTS = [4, 7, 10] as const;

/** Adds the ticks of a track's instants: of those at one pixel the worst. */
export function addInstants(frame: Frame, strips: StripBuffer, box: TrackBox): void {
  const { scene, palette, width } = frame;
  if (scene.instants === null || box.instantsHeight === 0) return;
  const of = instantsByTrack(scene.instants).get(box.track.id);
  if (of === undefined) return;
  const { time } = scene.instants;
  const { fromNs, toNs } = scene.view;
  const { theme } = palette;
  const scale = width / (toNs - fromNs);
  const colours = [theme.outline, theme.overTarget, theme.error];
  const tickWidth = Math.ceil(scene.size.pixelRatio);
  const bottom = crisp(box.instantsTop + SIZES.instants - 1, scene.size.pixelRatio);
  for (const [rank, places] of of.classes.entries()) {
    let at = firstInstant(time, places, fromNs);
    if (at >= places.length) continue;
    const height = HEIGHTS[rank] ?? HEIGHTS[0];
    const line = strips.add(bottom - height, height);
    strips.pixels.fill(0, line, line + width);
    while (at < places.length) {
      const x = Math.floor(((time[places[at] as number] as number) - fromNs) * scale);
      if (x >= width) break;
      strips.pixels.fill(colours[rank] ?? 0, line + x, line + Math.min(width, x + tickWidth));
      at = Math.max(at + 1, firstInstant(time, places, fromNs + (x + 1) / scale));
    }
  }
}

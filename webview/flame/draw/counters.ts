import type { CounterPoints } from '../../../src/profiler/chart/chartColumns.ts';
import { formatAmount } from '../../shared/amounts.ts';
import { SIZES, type TrackBox } from '../model/layout.ts';
import { firstAtLeast } from '../model/search.ts';
import type { Frame } from './frame.ts';

/** Room for the name of the counter above its curve, and below it, in CSS pixels. */
const HEAD = 14;
const BOTTOM = 3;
const PADDING = 4;

/** Draws the counters of a track as steps: a value holds until the next. */
export function drawCounters(frame: Frame, box: TrackBox): void {
  const { surface, scene, labels, palette } = frame;
  for (const [i, index] of box.counters.entries()) {
    const entry = scene.counters[index];
    if (entry === undefined) continue;
    const { counter, points } = entry;
    const top = box.countersTop + i * SIZES.counter;
    const base = top + SIZES.counter - BOTTOM;
    surface.fillStyle = palette.theme.css.grid;
    surface.fillRect(0, base, scene.size.width, 1);
    if (points !== null) drawSteps(frame, points, counter.min, counter.max, top + HEAD, base);
    const text = `${counter.name} · ${formatAmount(counter.min, counter.unit)} – ${formatAmount(counter.max, counter.unit)}`;
    surface.fillStyle = palette.theme.css.muted;
    surface.fillText(labels.fit(text, scene.size.width - 2 * PADDING), PADDING, top + HEAD / 2 + 1);
  }
}

/** Height of a value above the base of a counter's curve. */
function counterHeight(value: number, min: number, max: number): number {
  const low = Math.min(0, min);
  const span = Math.max(0, max) - low;
  return span === 0 ? 0 : ((value - low) / span) * (SIZES.counter - HEAD - BOTTOM);
}

function drawSteps(
  { surface, scene, palette }: Frame,
  { time, value }: CounterPoints,
  min: number,
  max: number,
  top: number,
  base: number,
): void {
  const { fromNs, toNs } = scene.view;
  const { width } = scene.size;
  const scale = width / (toNs - fromNs);
  let at = Math.max(0, firstAtLeast(time, fromNs) - 1);
  if (at >= time.length) return;
  const { counterFill, counterLine } = palette.theme.css;
  surface.strokeStyle = counterLine;
  surface.fillStyle = counterFill;
  surface.lineWidth = 1;
  surface.beginPath();
  let x = Math.max(0, ((time[at] as number) - fromNs) * scale);
  const left = x;
  surface.moveTo(x, base);
  let y = base;
  while (at < time.length) {
    // The greatest of what shares a pixel, and from the next pixel on its last.
    const pixelEnd = Math.floor(x) + 1;
    let highest = value[at] as number;
    let last = highest;
    for (at += 1; at < time.length && ((time[at] as number) - fromNs) * scale < pixelEnd; at += 1) {
      last = value[at] as number;
      if (last > highest) highest = last;
    }
    surface.lineTo(x, y);
    y = Math.max(top, base - counterHeight(highest, min, max));
    surface.lineTo(x, y);
    if (highest !== last) {
      surface.lineTo(pixelEnd, y);
      y = Math.max(top, base - counterHeight(last, min, max));
      surface.lineTo(pixelEnd, y);
    }
    x = at < time.length ? Math.min(width, ((time[at] as number) - fromNs) * scale) : width;
    if (x >= width) break;
  }
  surface.lineTo(width, y);
  surface.lineTo(width, base);
  surface.lineTo(left, base);
  surface.fill();
  surface.stroke();
}

import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';
import { SIZES } from '../model/layout.ts';
import { overviewPlace } from '../model/overviewAt.ts';
import type { Scene } from '../model/scene.ts';
import { BUSY_STEPS, type Palette } from './palette.ts';
import { FOOT, NOTCH } from './rowStrips.ts';
import type { StripBuffer } from './stripBuffer.ts';

/** Part of the overview that a pixel stands for. */
interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}

/**
 * The band of a track: in every pixel the colour of the name that took the most time there, the stronger the longer a
 * span ran, with a solid notch for errors and a hatched foot for what is over target.
 */
export function addBand(
  strips: StripBuffer,
  scene: Scene,
  trackId: number,
  span: Span,
  top: number,
  height: number,
  palette: Palette,
): void {
  const place = overviewPlace(scene, trackId);
  if (scene.overview === null || place < 0) return;
  const { buckets, columns } = scene.overview;
  const { width, pixels } = strips;
  const { theme, bands } = palette;
  const at = strips.add(top, height);
  const perNs = buckets / Math.max(1, scene.extentNs);
  const perPixel = ((span.toNs - span.fromNs) / width) * perNs;
  const first = span.fromNs * perNs;
  let worst = 0;
  for (let x = 0; x < width; x += 1) {
    const from = clamp(Math.floor(first + x * perPixel), buckets);
    const to = Math.max(from, clamp(Math.ceil(first + (x + 1) * perPixel) - 1, buckets));
    let busiest = place + from;
    for (let bucket = place + from; bucket <= place + to; bucket += 1) {
      worst |= columns.flags[bucket] as number;
      if ((columns.busy[bucket] as number) > (columns.busy[busiest] as number)) busiest = bucket;
    }
    const busy = columns.busy[busiest] as number;
    const fill = scene.names.hashOf(columns.name[busiest] as number) % theme.fills.length;
    pixels[at + x] = busy === 0 ? 0 : (bands[fill * BUSY_STEPS + (busy >> 4)] as number);
  }
  if ((worst & SPAN_FLAG.error) !== 0) {
    addMarks(strips, scene, [place], span, top, NOTCH, SPAN_FLAG.error, theme.error);
  }
  if ((worst & SPAN_FLAG.overTarget) !== 0) {
    const foot = top + height - FOOT;
    addMarks(strips, scene, [place], span, foot, FOOT, SPAN_FLAG.overTarget, theme.overTarget);
  }
}

/** A line with marks wherever a bucket of one of some tracks has a flag. @param places see `overviewPlace` */
export function addMarks(
  strips: StripBuffer,
  scene: Scene,
  places: readonly number[],
  span: Span,
  top: number,
  height: number,
  flag: number,
  colour: number,
): void {
  if (scene.overview === null) return;
  const { buckets, columns } = scene.overview;
  const { width } = strips;
  const at = strips.add(top, height);
  const { pixels } = strips;
  pixels.fill(0, at, at + width);
  const perBucket = Math.max(1, scene.extentNs) / buckets;
  const scale = width / (span.toNs - span.fromNs);
  const least = Math.ceil(SIZES.mark * scene.size.pixelRatio);
  const firstBucket = clamp(Math.floor(span.fromNs / perBucket), buckets);
  const lastBucket = clamp(Math.ceil(span.toNs / perBucket), buckets);
  for (const place of places) {
    for (let bucket = firstBucket; bucket <= lastBucket; bucket += 1) {
      if (((columns.flags[place + bucket] as number) & flag) === 0) continue;
      const from = Math.floor((bucket * perBucket - span.fromNs) * scale);
      const to = Math.floor(((bucket + 1) * perBucket - span.fromNs) * scale);
      const first = Math.min(Math.max(0, from), Math.max(0, width - least));
      pixels.fill(colour, at + first, at + Math.min(width, Math.max(first + least, to)));
    }
  }
}

function clamp(bucket: number, buckets: number): number {
  return Math.max(0, Math.min(buckets - 1, bucket));
}

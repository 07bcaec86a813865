import {
  SIZES,
  layoutScene,
  rowTop,
  rowsBetween,
  type TrackBox,
} from '../../flame/model/layout.ts';
import type { Scene, SpanPlace } from '../../flame/model/scene.ts';
import { xOf } from '../../flame/model/view.ts';
import { FACTOR_BITS, isAligned, type RowRun } from '../../flame/model/rowRun.ts';
import type { Theme } from '../../flame/draw/theme.ts';
import { sideOf } from './sideIds.ts';

/** Outlines below this width would be a grey smear. */
const LEAST_PIXELS = 3;

/** What is drawn over the spans of a pane. */
export interface PairMarks {
  /** Of a track of B: the track of A whose outlines are drawn on it. */
  readonly ghostOf: ReadonlyMap<number, number>;
  /** Spans of the pair that is chosen, as far as they are in this pane. */
  readonly pair: readonly SpanPlace[];
  /** Stretches of the common axis in which no span of a side ran. */
  readonly idle: readonly {
    readonly side: 'a' | 'b';
    readonly fromNs: number;
    readonly toNs: number;
  }[];
}

/** Draws ghosts of A, the chosen pair with its link, and idle time on a canvas above the chart. */
export function drawPairLayer(
  canvas: HTMLCanvasElement,
  scene: Scene,
  theme: Theme,
  marks: PairMarks,
): void {
  const { width, height, pixelRatio } = scene.size;
  canvas.width = Math.max(1, Math.round(width * pixelRatio));
  canvas.height = Math.max(1, Math.round(height * pixelRatio));
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  const { boxes, scrolledTop, pinnedTop } = layoutScene(scene);
  for (const box of boxes) {
    context.save();
    context.beginPath();
    const top = Math.max(box.headerTop + box.headerHeight, box.pinned ? pinnedTop : scrolledTop);
    context.rect(0, top, width, height - top);
    context.clip();
    const ghost = marks.ghostOf.get(box.track.id);
    if (ghost !== undefined && !box.collapsed) drawGhosts(context, scene, theme, box, ghost, top);
    drawIdle(context, scene, theme, box, marks);
    context.restore();
  }
  drawPair(context, scene, theme, boxes, marks.pair, scrolledTop);
}

function drawGhosts(
  context: CanvasRenderingContext2D,
  scene: Scene,
  theme: Theme,
  box: TrackBox,
  ghost: number,
  top: number,
): void {
  const { firstRow, lastRow } = rowsBetween(box, top, scene.size.height);
  context.strokeStyle = theme.css.label;
  context.setLineDash([3, 2]);
  context.lineWidth = 1;
  for (let row = firstRow; row <= lastRow; row += 1) {
    const y = rowTop(box, row);
    for (const run of scene.store.row(ghost, row)) {
      eachWide(scene, run, (x, w) => {
        context.strokeRect(x + 0.5, y + 0.5, Math.max(1, w - 1), SIZES.row - SIZES.gap - 1);
      });
    }
  }
  context.setLineDash([]);
}

/** Tells of the spans of a row in sight that are wide enough; what is narrower is skipped by the pyramid. */
function eachWide(scene: Scene, run: RowRun, draw: (x: number, width: number) => void): void {
  const { fromNs, toNs } = scene.view;
  const leastNs = ((toNs - fromNs) / Math.max(1, scene.size.width)) * LEAST_PIXELS;
  const { levels, from } = run;
  const { start, duration } = run.columns;
  for (let i = run.firstEndingAfter(fromNs); i < run.to;) {
    const startNs = start[i] ?? 0;
    if (startNs >= toNs) return;
    const endNs = startNs + (duration[i] ?? 0);
    if (endNs - startNs >= leastNs) {
      const x = Math.max(-2, xOf(scene, startNs));
      draw(x, Math.min(scene.size.width + 2, xOf(scene, endNs)) - x);
    }
    let level = 0;
    while (
      level < levels.length &&
      isAligned(level + 1, i - from) &&
      (levels[level]?.end[(i - from) >> ((level + 1) * FACTOR_BITS)] ?? 0) - startNs < leastNs
    ) {
      level += 1;
    }
    i += 1 << (level * FACTOR_BITS);
  }
}

function drawIdle(
  context: CanvasRenderingContext2D,
  scene: Scene,
  theme: Theme,
  box: TrackBox,
  { idle }: PairMarks,
): void {
  const top = box.rowsTop;
  const height = box.bottom - SIZES.trackEnd - top;
  context.strokeStyle = theme.css.label;
  context.lineWidth = 1;
  for (const { side, fromNs, toNs } of idle) {
    if (side !== sideOf(box.track.id)) continue;
    const x = Math.max(-1, xOf(scene, fromNs));
    const right = Math.min(scene.size.width + 1, xOf(scene, toNs));
    if (right - x < 1) continue;
    context.save();
    context.beginPath();
    context.rect(x, top, right - x, height);
    context.clip();
    context.globalAlpha = 0.5;
    context.beginPath();
    for (let from = x - height; from < right; from += 8) {
      context.moveTo(from, top + height);
      context.lineTo(from + height, top);
    }
    context.stroke();
    context.restore();
    context.strokeRect(x + 0.5, top + 0.5, right - x - 1, height - 1);
  }
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly bottom: number;
}

function drawPair(
  context: CanvasRenderingContext2D,
  scene: Scene,
  theme: Theme,
  boxes: readonly TrackBox[],
  pair: readonly SpanPlace[],
  scrolledTop: number,
): void {
  const places = pair.flatMap((place) => rectangleOf(scene, boxes, place) ?? []);
  context.save();
  context.beginPath();
  context.rect(0, scrolledTop, scene.size.width, scene.size.height - scrolledTop);
  context.clip();
  const [above, below] = places.toSorted((p, q) => p.y - q.y);
  if (above !== undefined && below !== undefined && above.bottom <= below.y) {
    context.beginPath();
    context.moveTo(above.x, above.bottom);
    context.lineTo(above.right, above.bottom);
    context.lineTo(below.right, below.y);
    context.lineTo(below.x, below.y);
    context.closePath();
    context.fillStyle = theme.css.selection;
    context.fill();
    context.strokeStyle = theme.css.focus;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(above.x, above.bottom);
    context.lineTo(below.x, below.y);
    context.moveTo(above.right, above.bottom);
    context.lineTo(below.right, below.y);
    context.stroke();
    context.setLineDash([]);
  }
  context.lineWidth = 2;
  context.strokeStyle = theme.css.focus;
  for (const { x, y, right, bottom } of places) {
    context.strokeRect(x + 1, y + 1, Math.max(1, right - x - 2), bottom - y - 2);
  }
  context.restore();
}

function rectangleOf(scene: Scene, boxes: readonly TrackBox[], place: SpanPlace): Rectangle | null {
  const box = boxes.find(({ track }) => track.id === place.trackId);
  if (box === undefined) return null;
  const x = Math.max(-4, xOf(scene, place.startNs));
  const end = xOf(scene, place.startNs + place.durationNs);
  const right = Math.min(scene.size.width + 4, Math.max(x + 3, end));
  if (right < 0 || x > scene.size.width) return null;
  const y = rowTop(box, place.row);
  const height = box.collapsed ? SIZES.band : SIZES.row - SIZES.gap;
  return { x, y, right, bottom: y + height };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPAN_FLAG } from '../../../../../src/profiler/chart/chartColumns.ts';
import { MainLayer } from '../../../../../webview/flame/draw/mainLayer.ts';
import { makePalette } from '../../../../../webview/flame/draw/palette.ts';
import { makeTheme } from '../../../../../webview/flame/draw/theme.ts';
import { createScene } from '../../../../../webview/flame/model/createScene.ts';
import { hitTest } from '../../../../../webview/flame/model/hitTest.ts';
import { layoutScene, SIZES } from '../../../../../webview/flame/model/layout.ts';
import type { Scene } from '../../../../../webview/flame/model/scene.ts';
import { type MadeSpan, rowOfSpans, sceneOf, trackOf } from '../madeScenes.ts';
import { HIGH_CONTRAST, THEME } from './madeTheme.ts';
import { RecordingSurface } from './recordingSurface.ts';

const PALETTE = makePalette(THEME);

function draw(scene: Scene, palette = PALETTE): RecordingSurface {
  const surface = new RecordingSurface();
  new MainLayer().draw(surface, scene, palette);
  expect(surface.depth).toBe(0);
  return surface;
}

/** Height at which the first row of the first track begins. */
function firstRowTop(scene: Scene): number {
  return layoutScene(scene).boxes[0]!.rowsTop;
}

/** A part of the axis of such a row. */
const share = fc.tuple(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0.0001, max: 1, noNaN: true }),
);

const MARKS = [
  [SPAN_FLAG.error, THEME.error],
  [SPAN_FLAG.overTarget, THEME.overTarget],
  [SPAN_FLAG.finding, THEME.finding],
] as const;

describe('spans at any zoom', () => {
  it('are marked where they are flagged, however small they are drawn', () => {
    fc.assert(
      fc.property(rowOfSpans, share, (spans, [at, length]) => {
        const scene = zoomed(spans, at, length);
        const surface = draw(scene);
        const top = firstRowTop(scene);
        for (const { start, duration, flags = 0 } of spans) {
          const first = pixelOf(scene, start);
          const last = pixelOf(scene, start + duration);
          if (last < 0 || first >= scene.size.width) continue;
          // Where the end itself is the left edge nothing of the span is in sight.
          if (start < scene.view.fromNs && start + duration <= scene.view.fromNs) continue;
          for (const [flag, colour] of MARKS) {
            if ((flags & flag) === 0) continue;
            const isMarked = range(
              Math.max(0, first - 1),
              Math.min(scene.size.width - 1, first + 1, last + 1) + 3,
            )
              .concat(range(Math.max(0, first), Math.min(scene.size.width - 1, last)))
              .some(
                (x) =>
                  surface.coloursAt(x, top, top + SIZES.row).includes(colour) ||
                  // An error in the same pixel stands before a finding.
                  surface.coloursAt(x, top, top + SIZES.row).includes(THEME.error),
              );
            expect(isMarked).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('take a few lines a row, whatever their number', () => {
    fc.assert(
      fc.property(rowOfSpans, share, (spans, [at, length]) => {
        const scene = zoomed(spans, at, length);
        const surface = draw(scene);
        expect(surface.lines.length).toBeLessThanOrEqual(6);
        // Everything else is names and signs of wide spans: there is no room for many.
        expect(surface.calls.length).toBeLessThan(60 + (scene.size.width / 14) * 60);
      }),
      { numRuns: 30 },
    );
  });

  it('are hit where they are drawn, and only there', () => {
    fc.assert(
      fc.property(rowOfSpans, share, (spans, [at, length]) => {
        const scene = zoomed(spans, at, length);
        const surface = draw(scene);
        const y = firstRowTop(scene) + 10;
        const fill = surface.lines.find(({ height }) => height === SIZES.row - SIZES.gap)!;
        for (let x = 0; x < scene.size.width; x += 7) {
          const hit = hitTest(scene, x + 0.5, y);
          if (fill.pixels[x] !== 0) expect(['span', 'aggregate']).toContain(hit.kind);
          const near = range(x - 3, x + 3).some((each) => (fill.pixels[each] ?? 0) !== 0);
          if (!near) expect(hit.kind).toBe('empty');
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('an error of 20 µs in an hour', () => {
  const spans: MadeSpan[] = [{ start: 0, duration: 3.6e12 }];
  for (let i = 0; i < 50_000; i += 1) {
    spans.push({ row: 1, start: i * 7e7, duration: 6.9e7, flags: 0 });
  }
  spans[30_001] = { row: 1, start: 30_000 * 7e7, duration: 20_000, flags: SPAN_FLAG.error };

  it('is a bar as high as its row and some pixels wide when all of it is shown', () => {
    const scene = sceneOf(spans, 3.6e12);
    scene.view = { fromNs: 0, toNs: 3.6e12, scrollTop: 0 };
    const surface = draw(scene);
    const top = firstRowTop(scene) + SIZES.row;
    const x = pixelOf(scene, 30_000 * 7e7);
    const fill = surface.lines.find(
      (line) => line.top === top && line.height === SIZES.row - SIZES.gap,
    )!;
    const red = range(0, 999).filter((each) => fill.pixels[each] === THEME.error);
    expect(red.length).toBeGreaterThanOrEqual(2);
    expect(red.every((each) => Math.abs(each - x) <= 4)).toBe(true);
    expect(hitTest(scene, x + 0.5, top + 5)).toMatchObject({ kind: 'aggregate' });
  });
});

it('draws names in the middle of what is in sight of their spans, and no unseen signs', () => {
  const scene = sceneOf([
    { start: 0, duration: 1000, name: 0 },
    { row: 1, start: 100, duration: 20, name: 1 },
    { row: 1, start: 400, duration: 400, name: 2 },
  ]);
  scene.names.add(2, ['evil\u202e\u0000name']);
  scene.view = { fromNs: 200, toNs: 1000, scrollTop: 0 };
  const texts = draw(scene).texts.map(({ text }) => text);
  expect(texts).toContain('alpha');
  expect(texts).not.toContain('beta');
  expect(texts).toContain('evil�␀name');
});

it('draws a band for a collapsed track, and for one whose spans are not held', () => {
  const columns = {
    name: Uint32Array.of(0, 1),
    busy: Uint8Array.of(255, 0),
    depth: Uint8Array.of(1, 0),
    flags: Uint8Array.of(SPAN_FLAG.error, 0),
  };
  const collapsed = sceneOf([{ start: 0, duration: 1000 }]);
  collapsed.collapsed.add(0);
  const empty = createScene([trackOf(0)], 1000);
  empty.size = collapsed.size;
  for (const scene of [collapsed, empty]) {
    scene.overview = { buckets: 2, columns, trackIds: [0] };
    scene.showMinimap = false;
    const surface = draw(scene);
    const top = firstRowTop(scene);
    expect(surface.coloursAt(10, top, top + 15).length).toBeGreaterThan(0);
    expect(surface.coloursAt(900, top, top + 15)).toEqual([]);
    expect(surface.coloursAt(10, top, top + 3)[0]).toBe(THEME.error);
    expect(hitTest(scene, 10, top + 8)).toMatchObject({ kind: 'band', busy: 1, flags: 1 });
  }
});

it('draws outlines in high contrast', () => {
  const theme = makeTheme(HIGH_CONTRAST, 'sans-serif');
  const scene = sceneOf([{ start: 100, duration: 500 }]);
  const surface = draw(scene, makePalette(theme));
  const top = firstRowTop(scene);
  expect(surface.coloursAt(300, top, top + 1)[0]).toBe(theme.outline);
  expect(surface.coloursAt(100, top + 9, top + 10)[0]).toBe(theme.outline);
  expect(surface.coloursAt(300, top + 9, top + 10)[0]).not.toBe(theme.outline);
});

it('tells longer and shorter spans of a diff by sign and colour, and hatches lone ones', () => {
  const scene = sceneOf([0, 100, 200, 300, 400].map((start) => ({ start, duration: 90 })));
  scene.store.setTint(0, 0, Float32Array.of(-1, 1, -Infinity, Infinity, 0));
  const surface = draw(scene);
  const fill = surface.lines.find(({ height }) => height === SIZES.row - SIZES.gap)!;
  expect(fill.pixels[50]).toBe(THEME.tints[0]);
  expect(fill.pixels[150]).toBe(THEME.tints.at(-1));
  expect(new Set(fill.pixels.subarray(205, 280)).size).toBe(2);
  expect(fill.pixels[450]).toBe(THEME.tints[(THEME.tints.length - 1) / 2]);
  const signs = surface.calls.filter((call) => call.startsWith(`fill ${THEME.css.fillLabel}`));
  expect(signs.length).toBeGreaterThanOrEqual(2);
});

it('draws hits of a search brightly and everything else paler', () => {
  const scene = sceneOf([0, 100, 200].map((start) => ({ start, duration: 90 })));
  const plain = draw(scene).lines[0]!.pixels;
  scene.found = Uint32Array.of(1);
  const searched = draw(scene);
  const fill = searched.lines[0]!.pixels;
  expect(fill[50]).not.toBe(plain[50]);
  expect(fill[150]).toBe(plain[150]);
  const top = firstRowTop(scene);
  expect(searched.coloursAt(150, top, top + 1)[0]).toBe(THEME.found);
  expect(searched.coloursAt(50, top, top + 1)[0]).not.toBe(THEME.found);
});

it('draws ticks of instants, steps of counters and the time that stages were allowed', () => {
  const scene = sceneOf([{ start: 0, duration: 500 }]);
  scene.instants = {
    time: Float64Array.of(100, 100, 700),
    instant: Uint32Array.of(0, 1, 2),
    track: Uint32Array.of(0, 0, 0),
    span: Uint32Array.of(0, 0, 0),
    level: Uint8Array.of(3, 5, 4),
    kind: Uint8Array.of(0, 0, 0),
  };
  const counter = { index: 0, name: 'queue', unit: 'count', trackId: 0, points: 2, min: 0, max: 4 };
  scene.counters = [
    { counter, points: { time: Float64Array.of(0, 500), value: Float64Array.of(4, 2) } },
  ];
  const stage = {
    stage: 'a',
    startNs: 0,
    trackId: 0,
    row: 0,
    seconds: 5e-7,
    allowedSeconds: 2e-7,
    met: false,
  };
  scene.stages = [stage];
  const surface = draw(scene);
  const [box] = layoutScene(scene).boxes;
  const instants = box!.instantsTop;
  expect(surface.coloursAt(100, instants, instants + SIZES.instants)[0]).toBe(THEME.error);
  expect(surface.coloursAt(700, instants, instants + SIZES.instants)[0]).toBe(THEME.overTarget);
  expect(surface.texts.some(({ text }) => text.startsWith('queue'))).toBe(true);
  const base = box!.countersTop + SIZES.counter - 3;
  expect(surface.calls).toContain(`lineTo 500 ${base - 13.5}`);
  expect(surface.calls).toContain(
    `strokeRect ${THEME.css.overTarget} 0.5 ${box!.rowsTop + 0.5} 199 18`,
  );
});

it('draws the critical path where it is asked for, and frays ends that nobody has seen', () => {
  const scene = sceneOf([
    { start: 0, duration: 300, flags: SPAN_FLAG.critical },
    { start: 400, duration: 300, flags: SPAN_FLAG.open },
  ]);
  const top = firstRowTop(scene);
  const foot = (): number | undefined =>
    draw(scene).coloursAt(100, top + SIZES.row - 3, top + SIZES.row - 2)[0];
  expect(foot()).not.toBe(THEME.critical);
  scene.showCritical = true;
  expect(foot()).toBe(THEME.critical);
  const { pixels } = draw(scene).lines[0]!;
  expect(
    range(690, 699)
      .map((x) => (pixels[x] === 0 ? ' ' : '#'))
      .join(''),
  ).toBe('## # # #  ');
});

it('draws at the device pixels of any display', () => {
  const scene = sceneOf([{ start: 0, duration: 1000 }]);
  scene.size = { width: 333, height: 400, pixelRatio: 1.5 };
  const { lines } = draw(scene);
  expect(lines[0]?.pixels.length).toBe(500);
  expect((lines[0]!.top * 1.5) % 1).toBe(0);
});

it('shows the whole run in the minimap, with the window and with errors of every track', () => {
  const scene = sceneOf([{ start: 0, duration: 1000 }]);
  const flags = new Uint8Array(100);
  flags[73] = SPAN_FLAG.error;
  scene.overview = {
    buckets: 100,
    trackIds: [0],
    columns: {
      name: new Uint32Array(100),
      busy: new Uint8Array(100).fill(255),
      depth: new Uint8Array(100),
      flags,
    },
  };
  scene.view = { fromNs: 200, toNs: 400, scrollTop: 0 };
  const surface = draw(scene);
  expect(surface.coloursAt(733, 0, 3)[0]).toBe(THEME.error);
  expect(surface.coloursAt(500, 0, 3)).toEqual([]);
  expect(surface.coloursAt(500, 20, 21).length).toBe(1);
  expect(surface.calls).toContain(`strokeRect ${THEME.css.focus} 200.5 0.5 199 42.5`);
});

function zoomed(spans: readonly MadeSpan[], at: number, length: number): Scene {
  const last = spans.at(-1)!;
  const extent = Math.max(1, last.start + last.duration);
  const scene = sceneOf(spans, extent);
  const fromNs = at * extent * (1 - length);
  scene.view = { fromNs, toNs: fromNs + Math.max(1, extent * length), scrollTop: 0 };
  return scene;
}

function pixelOf({ view, size }: Scene, timeNs: number): number {
  return Math.floor(((timeNs - view.fromNs) / (view.toNs - view.fromNs)) * size.width);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

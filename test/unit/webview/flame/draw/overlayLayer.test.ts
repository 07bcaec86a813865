import { expect, it } from 'vitest';
import { OverlayLayer } from '../../../../../webview/flame/draw/overlayLayer.ts';
import { makePalette } from '../../../../../webview/flame/draw/palette.ts';
import { createScene } from '../../../../../webview/flame/model/createScene.ts';
import { layoutScene, SIZES } from '../../../../../webview/flame/model/layout.ts';
import type { Scene } from '../../../../../webview/flame/model/scene.ts';
import { sceneOf, trackOf } from '../madeScenes.ts';
import { THEME } from './madeTheme.ts';
import { RecordingSurface } from './recordingSurface.ts';

function draw(scene: Scene): RecordingSurface {
  const surface = new RecordingSurface();
  new OverlayLayer().draw(surface, scene, makePalette(THEME));
  expect(surface.depth).toBe(0);
  expect(surface.lines).toEqual([]);
  return surface;
}

const made = (): Scene =>
  sceneOf([
    { start: 100, duration: 200 },
    { start: 500, duration: 0 },
  ]);

it('frames the chosen span, with a ring around the focused one, and small ones as well', () => {
  const scene = made();
  const top = layoutScene(scene).boxes[0]!.rowsTop;
  scene.selected = scene.store.find(0, 0, 100, 0);
  scene.focus = { kind: 'span', place: scene.store.find(0, 0, 500, 1)! };
  const { calls } = draw(scene);
  expect(calls).toContain(`strokeRect ${THEME.css.label} 99 ${top - 1} 202 21`);
  expect(calls).toContain(`strokeRect ${THEME.css.focus} 499 ${top - 1} 5 21`);
});

it('draws a line and its time where the crosshair is', () => {
  const scene = made();
  scene.crosshairNs = 250;
  const { calls, texts } = draw(scene);
  expect(calls).toContain(`fillRect ${THEME.css.muted} 250 ${SIZES.minimap + SIZES.ruler} 1 332`);
  expect(texts.map(({ text }) => text)).toEqual(['250 ns']);
  scene.crosshairNs = 5000;
  expect(draw(scene).texts).toEqual([]);
});

it('shows where a dragged track would come to lie', () => {
  const scene = createScene([trackOf(0), trackOf(1)], 1000);
  scene.size = { width: 1000, height: 400, pixelRatio: 1 };
  const [first, second] = layoutScene(scene).boxes;
  const line = (y: number): string => `fillRect ${THEME.css.focus} 0 ${y - 2} 1000 4`;
  scene.drop = { trackId: 0, onto: 1 };
  expect(draw(scene).calls).toContain(line(second!.bottom));
  scene.drop = { trackId: 1, onto: 0 };
  expect(draw(scene).calls).toContain(line(first!.top));
  scene.drop = { trackId: 1, onto: 1 };
  expect(draw(scene).calls).not.toContain(line(second!.top));
});

it('shades the chosen area on its tracks', () => {
  const scene = made();
  scene.area = { fromNs: 100, toNs: 400, trackIds: new Set([0]) };
  const box = layoutScene(scene).boxes[0]!;
  expect(draw(scene).calls).toContain(
    `fillRect ${THEME.css.selection} 100 ${box.top} 300 ${box.bottom - box.top}`,
  );
  scene.area = { fromNs: 100, toNs: 400, trackIds: new Set([7]) };
  expect(draw(scene).calls.some((call) => call.startsWith(`fillRect ${THEME.css.selection}`))).toBe(
    false,
  );
});

it('draws few links all, and of many those of the chosen span', () => {
  const scene = made();
  const links = (count: number): NonNullable<Scene['links']> => ({
    fromTime: new Float64Array(count).fill(300),
    toTime: new Float64Array(count).fill(500),
    from: Uint32Array.from({ length: count }, (_, i) => i),
    to: new Uint32Array(count).fill(1_000_000),
    fromTrack: new Uint32Array(count),
    toTrack: new Uint32Array(count),
    fromRow: new Uint32Array(count),
    toRow: new Uint32Array(count),
  });
  const curves = (): number =>
    draw(scene).calls.filter((call) => call.startsWith('bezierCurveTo')).length;
  scene.links = links(5);
  expect(curves()).toBe(5);
  scene.links = links(5000);
  expect(curves()).toBe(0);
  scene.selected = scene.store.find(0, 0, 100, 0);
  expect(curves()).toBe(1);
});

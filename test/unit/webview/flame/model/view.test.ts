import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutScene, SIZES } from '../../../../../webview/flame/model/layout.ts';
import { clipOf, spanRect } from '../../../../../webview/flame/model/spanRect.ts';
import {
  fitAll,
  fitTo,
  panBy,
  revealSpan,
  timeAt,
  xOf,
  zoomAround,
} from '../../../../../webview/flame/model/view.ts';
import { sceneOf } from '../madeScenes.ts';

const HOURS = 3.6e13;

it('keeps the time under the pointer where it is while zooming, down to a nanosecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1e9, max: HOURS - 1e9 }), (time) => {
      const scene = sceneOf([{ start: 0, duration: HOURS }], HOURS);
      const before = xOf(scene, time);
      for (let i = 0; i < 60; i += 1) scene.view = zoomAround(scene, time, 0.5);
      expect(scene.view.toNs - scene.view.fromNs).toBeCloseTo(1, 1);
      expect(Math.abs(xOf(scene, time) - before)).toBeLessThan(20);
      for (let i = 0; i < 60; i += 1) scene.view = zoomAround(scene, time, 2);
      expect(scene.view).toEqual(fitAll(scene));
    }),
  );
});

it('never leaves the axis', () => {
  const scene = sceneOf([{ start: 0, duration: 1000 }]);
  scene.view = fitTo(scene, 400, 500);
  expect(scene.view).toMatchObject({ fromNs: 390, toNs: 510 });
  scene.view = panBy(scene, -1e6, -50);
  expect(scene.view).toMatchObject({ fromNs: 0, toNs: 120, scrollTop: 0 });
  scene.view = panBy(scene, 1e6, 1e6);
  expect(scene.view.toNs).toBe(1000);
  expect(timeAt(scene, xOf(scene, 950))).toBeCloseTo(950, 6);
});

it('shows a span with no more movement than it takes', () => {
  const spans = Array.from({ length: 60 }, (_, row) => ({ row, start: 500, duration: 10 }));
  const scene = sceneOf(spans);
  const place = scene.store.find(0, 59, 500, 59)!;
  expect(spanRect(scene, place)).toBeNull();
  scene.view = { ...scene.view, fromNs: 0, toNs: 100 };
  scene.view = revealSpan(scene, place);
  const layout = layoutScene(scene);
  const rect = spanRect(scene, place)!;
  const { top, bottom } = clipOf(scene, layout, layout.boxes[0]!);
  expect(rect.y).toBeGreaterThanOrEqual(top);
  expect(rect.y + SIZES.row).toBeLessThanOrEqual(bottom);
  expect(rect).toMatchObject({ x: 450, width: 100 });
  expect(revealSpan(scene, place)).toEqual(scene.view);
});

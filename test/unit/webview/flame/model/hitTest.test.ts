import { describe, expect, it } from 'vitest';
import { hitTest } from '../../../../../webview/flame/model/hitTest.ts';
import { layoutScene, SIZES } from '../../../../../webview/flame/model/layout.ts';
import type { Scene } from '../../../../../webview/flame/model/scene.ts';
import { sceneOf } from '../madeScenes.ts';

function scene(): Scene {
  const made = sceneOf([
    { start: 0, duration: 400, flags: 1 },
    { row: 1, start: 100, duration: 0.2 },
    { row: 1, start: 100.3, duration: 0.5, flags: 2 },
    { row: 1, start: 200, duration: 100 },
  ]);
  const counter = { index: 0, name: 'cpu', unit: '1', trackId: 0, points: 2, min: 0, max: 9 };
  made.counters = [
    { counter, points: { time: Float64Array.of(100, 500), value: Float64Array.of(3, 9) } },
  ];
  made.instants = {
    time: Float64Array.of(100, 101, 700),
    instant: Uint32Array.of(5, 6, 7),
    track: Uint32Array.of(0, 0, 0),
    span: Uint32Array.of(0, 0, 0),
    level: Uint8Array.of(3, 5, 3),
    kind: Uint8Array.of(0, 0, 0),
  };
  const allowed = { stage: 'a', startNs: 0, trackId: 0, row: 0, seconds: 4e-7 };
  made.stages = [{ ...allowed, allowedSeconds: 8e-7, met: true }];
  return made;
}

describe('hitTest', () => {
  const made = scene();
  const [box] = layoutScene(made).boxes;
  const rows = box!.rowsTop;

  it('tells spans, and how many share a pixel', () => {
    expect(hitTest(made, 50, rows + 5)).toMatchObject({
      kind: 'span',
      timeNs: 50,
      place: { span: 0, row: 0, durationNs: 400, flags: 1, index: 0, piece: 0 },
    });
    expect(hitTest(made, 100.5, rows + SIZES.row + 5)).toMatchObject({
      kind: 'aggregate',
      count: 2,
      flags: 2,
      longest: { span: 2 },
      row: 1,
    });
    expect(hitTest(made, 250, rows + SIZES.row + 5)).toMatchObject({ place: { span: 3 } });
    expect(hitTest(made, 150, rows + SIZES.row + 5)).toMatchObject({ kind: 'empty', row: 1 });
    expect(hitTest(made, 150, 399)).toMatchObject({ kind: 'empty', trackId: -1 });
  });

  it('tells the time that a stage was allowed where no span is', () => {
    expect(hitTest(made, 600, rows + 5)).toMatchObject({ kind: 'stage', stage: 0 });
    expect(hitTest(made, 900, rows + 5)).toMatchObject({ kind: 'empty' });
  });

  it('tells parts of headers', () => {
    const y = box!.headerTop + 10;
    expect(hitTest(made, 5, y)).toEqual({ kind: 'header', trackId: 0, part: 'twisty' });
    expect(hitTest(made, 200, y)).toMatchObject({ part: 'name' });
    expect(hitTest(made, 990, y)).toMatchObject({ part: 'pin' });
  });

  it('tells the value that a counter had', () => {
    const y = box!.countersTop + 5;
    expect(hitTest(made, 50, y)).toMatchObject({ kind: 'counter', counter: 0, value: null });
    expect(hitTest(made, 499, y)).toMatchObject({ value: 3 });
    expect(hitTest(made, 500, y)).toMatchObject({ value: 9 });
  });

  it('tells the worst instant of those near', () => {
    const y = box!.instantsTop + 5;
    expect(hitTest(made, 100, y)).toMatchObject({ kind: 'instant', instant: 1, count: 2 });
    expect(hitTest(made, 700, y)).toMatchObject({ instant: 2, count: 1 });
    expect(hitTest(made, 400, y)).toMatchObject({ kind: 'empty' });
  });

  it('tells ruler and minimap', () => {
    expect(hitTest(made, 250, SIZES.minimap + 2)).toEqual({ kind: 'ruler', timeNs: 250 });
    made.view = { ...made.view, fromNs: 200, toNs: 600 };
    const part = (x: number): unknown => {
      const hit = hitTest(made, x, 5);
      return hit.kind === 'minimap' ? hit.part : hit.kind;
    };
    expect([100, 203, 400, 598, 700].map(part)).toEqual([
      'outside',
      'from',
      'window',
      'to',
      'outside',
    ]);
    made.view = { ...made.view, fromNs: 500, toNs: 501 };
    expect(part(480)).toBe('outside');
    made.view = { ...made.view, fromNs: 0, toNs: made.extentNs };
    expect([1, 400].map(part)).toEqual(['from', 'outside']);
  });
});

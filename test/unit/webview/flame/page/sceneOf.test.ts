import { expect, it } from 'vitest';
import { encodePiece } from '../../../../../src/profiler/chart/chartColumns.ts';
import { firstState } from '../../../../../webview/flame/page/pageState.ts';
import {
  arrangeScene,
  SANDWICH_TRACKS,
  sandwichScene,
  sceneOf,
  viewportOf,
} from '../../../../../webview/flame/page/sceneOf.ts';
import { chartHeader } from './chartFixtures.ts';

const header = chartHeader();
const state = firstState({ kind: 'run', id: 'r1' });

it('makes a scene as the person left it', () => {
  const viewport = { from: 2e8, to: 4e8, scrollTop: 12 };
  const kept = {
    ...state,
    viewports: { ...state.viewports, time: viewport },
    arrangement: { order: [2, 0, 1], collapsed: [1], pinned: [2] },
  };
  const scene = sceneOf(header, 'time', kept);
  expect(scene.tracks.map(({ id }) => id)).toEqual([2, 0, 1]);
  expect([...scene.collapsed, ...scene.pinned]).toEqual([1, 2]);
  expect(viewportOf(scene.view)).toEqual(viewport);
  arrangeScene(scene, state);
  expect(scene.collapsed.size + scene.pinned.size).toBe(0);
});

it('shows the whole where what was kept lies outside of the run', () => {
  const kept = {
    ...state,
    viewports: { ...state.viewports, time: { from: 5e9, to: 6e9, scrollTop: 0 } },
  };
  expect(sceneOf(header, 'time', kept).view).toMatchObject({ fromNs: 0, toNs: 1e9 });
});

it('leaves counters, stages and track headers out of merged stacks', () => {
  const scene = sceneOf(header, 'left-heavy', state);
  expect(scene.tracks).toEqual([header.leftHeavy]);
  expect(scene.showHeaders).toBe(false);
  expect(scene.stages).toEqual([]);
});

it('lays callers above a name and callees below it', () => {
  const piece = (rows: readonly number[]) =>
    encodePiece({
      start: Float64Array.from(rows, () => 0),
      duration: Float64Array.from(rows, () => 5),
      span: Uint32Array.from(rows.keys()),
      name: Uint32Array.from(rows, () => 0),
      row: Uint32Array.from(rows),
      flags: new Uint8Array(rows.length),
    });
  const total = { nameId: 0, name: 'f', count: 1, total: 5, self: 5, max: 5, span: 0, errors: 0 };
  const scene = sandwichScene(total, piece([0, 1, 2]), piece([0, 1]), 'samples');
  expect(scene.tracks.map(({ rows, upwards }) => [rows, upwards === true])).toEqual([
    [3, true],
    [2, false],
  ]);
  expect(scene.extentNs).toBe(5);
  expect(scene.weightsUnit).toBe('samples');
  expect(scene.store.row(SANDWICH_TRACKS.callers, 2)).toHaveLength(1);
});

import { expect, it } from 'vitest';
import { SPAN_FLAG } from '../../../../../src/profiler/chart/chartColumns.ts';
import { createScene } from '../../../../../webview/flame/model/createScene.ts';
import { flagSeverity, flagWords } from '../../../../../webview/flame/page/flagWords.ts';
import { hoverText } from '../../../../../webview/flame/page/hoverText.ts';
import { chartHeader } from './chartFixtures.ts';

const header = chartHeader();
const scene = createScene(header.tracks, header.extent);
scene.names.add(0, ['decode', '']);

const place = {
  trackId: 0,
  row: 0,
  span: 1,
  startNs: 0,
  durationNs: 2e8,
  nameId: 0,
  flags: SPAN_FLAG.error | SPAN_FLAG.overTarget,
  piece: 0,
  index: 0,
};

it('tells of a span its name, its time, its share and what is wrong with it', () => {
  expect(hoverText({ kind: 'span', place, timeNs: 0 }, scene, header)).toEqual([
    'decode',
    '0.200 s · 20.00 %',
    'voice: 0.400 s of 0.300 s allowed',
    'error, over its target',
  ]);
  const elsewhere = { ...place, startNs: 5 };
  expect(hoverText({ kind: 'span', place: elsewhere, timeNs: 0 }, scene, header)).toHaveLength(3);
});

it('tells of several spans how many, and the longest', () => {
  const hit = {
    kind: 'aggregate' as const,
    trackId: 0,
    row: 0,
    fromNs: 0,
    toNs: 1e6,
    count: 2300,
    flags: 0,
    longest: { ...place, nameId: 1, flags: 0 },
    timeNs: 0,
  };
  expect(hoverText(hit, scene, header)).toEqual([
    '2,300 spans',
    'in 1 ms; the longest: (no name), 0.200 s',
  ]);
});

it('tells of a stage what it was allowed', () => {
  expect(hoverText({ kind: 'stage', stage: 0, timeNs: 0 }, scene, header)).toEqual([
    'voice',
    'took 0.400 s of 0.300 s allowed: missed',
  ]);
});

it('has nothing to say of empty places', () => {
  expect(hoverText({ kind: 'ruler', timeNs: 0 }, scene, header)).toEqual([]);
  expect(hoverText({ kind: 'empty', trackId: -1, row: 0, timeNs: 0 }, scene, header)).toEqual([]);
});

it('says how bad flags are', () => {
  expect(flagSeverity(SPAN_FLAG.critical)).toBe('info');
  expect(flagSeverity(SPAN_FLAG.finding | SPAN_FLAG.critical)).toBe('warning');
  expect(flagSeverity(255)).toBe('error');
  expect(flagWords(0)).toEqual([]);
});

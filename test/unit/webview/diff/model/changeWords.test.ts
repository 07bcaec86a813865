import { describe, expect, it } from 'vitest';
import {
  changeText,
  headlineText,
  ratioText,
} from '../../../../../webview/diff/model/changeWords.ts';
import { counterTexts } from '../../../../../webview/diff/model/counterTexts.ts';
import { pairRows, pairSentence } from '../../../../../webview/diff/model/pairRows.ts';

const span = (side: 'a' | 'b', duration: number, line: number | null = null) => ({
  side,
  span: 0,
  name: 'encode',
  start: 1e9,
  duration,
  self: duration / 2,
  source: line === null ? null : { file: 'a.py', line, column: null, rung: 'frame' as const },
});

describe('changeText', () => {
  it('tells the direction by a sign and a glyph, not by a colour', () => {
    expect([2e9, -2e9, 0].map((delta) => changeText(delta, 'ns'))).toEqual([
      '▲ +2 s',
      '▼ -2 s',
      '= 0 s',
    ]);
    expect(changeText(-3, 'samples')).toBe('▼ -3 samples');
  });
});

describe('ratioText', () => {
  it('says how many times as much it is, and of nothing that it is new or gone', () => {
    expect([ratioText(2, 5), ratioText(3, 3), ratioText(0, 4), ratioText(4, 0)]).toEqual([
      '× 2.50',
      '× 1',
      'new',
      'gone',
    ]);
  });
});

describe('headlineText', () => {
  it('says the whole difference in a sentence', () => {
    expect(headlineText(4e9, 16e9, 'ns')).toBe('B is slower: +12 s (4 s → 16 s, × 4)');
    expect(headlineText(10, 5, 'bytes')).toBe('B is less: -5 B (10 B → 5 B, × 0.500)');
    expect(headlineText(5, 5, 'bytes')).toBe('A and B come to the same total: 5 B');
  });
});

describe('pairRows', () => {
  it('puts the two spans beside one another', () => {
    expect(pairRows({ a: span('a', 1e9, 3), b: span('b', 4e9, 7) }, 'ns')).toEqual([
      { title: 'Duration', a: '1 s', b: '4 s', change: '▲ +3 s · × 4' },
      { title: 'Self time', a: '0.500 s', b: '2 s', change: '▲ +1.50 s · × 4' },
      { title: 'Starts at', a: '1 s', b: '1 s', change: '' },
      { title: 'Line', a: 'a.py:3', b: 'a.py:7', change: 'moved' },
    ]);
  });

  it('says what one run alone has', () => {
    const [duration] = pairRows({ a: null, b: span('b', 4e9) }, 'ns');
    expect(duration).toEqual({ title: 'Duration', a: '–', b: '4 s', change: '' });
    expect(pairSentence({ a: null, b: span('b', 4e9) }, 'ns')).toBe('encode: only in B, 4 s');
    expect(pairSentence({ a: span('a', 1e9), b: span('b', 4e9) }, 'ns')).toBe(
      'encode: ▲ +3 s (1 s → 4 s, × 4)',
    );
  });
});

describe('counterTexts', () => {
  it('has words for what is counted', () => {
    const texts = (counter: string, a: number | string | null, b: number | string | null) =>
      counterTexts({ stage: 'voice', counter, a, b });
    expect(texts('loads:audio:x', 1, 43)).toEqual({
      ...{ title: 'Loads of audio:x', stage: 'voice', a: '1', b: '43', change: '× 43' },
    });
    expect(texts('deviceUsed', 'cuda:0', 'cpu')).toMatchObject({ change: 'changed' });
    expect(texts('dropped:late', null, 3)).toMatchObject({
      ...{ title: 'Dropped: late', a: '–', b: '3', change: 'new' },
    });
  });
});

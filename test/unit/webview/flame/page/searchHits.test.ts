import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type SearchHits,
  hitsText,
  NO_HITS,
  step,
} from '../../../../../webview/flame/page/searchHits.ts';

const hits = { text: 'load', spans: Uint32Array.of(7, 3, 12), total: 3, current: -1 };

describe('step', () => {
  it('begins with the first, or backwards with the last', () => {
    expect(step(hits, 1, null).current).toBe(0);
    expect(step(hits, -1, null).current).toBe(2);
  });

  it('goes on from a hit that was chosen otherwise', () => {
    expect(step(hits, 1, 3).current).toBe(2);
    expect(step({ ...hits, current: 0 }, -1, 12).current).toBe(1);
  });

  it('comes to every hit once before it begins anew', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(1e6), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(1 as const, -1 as const),
        (spans, direction) => {
          let at: SearchHits = { ...hits, spans: Uint32Array.from(spans), total: spans.length };
          const seen = spans.map(() => {
            at = step(at, direction, at.spans[at.current] ?? null);
            return at.spans[at.current];
          });
          expect(new Set(seen)).toEqual(new Set(spans));
          expect(step(at, direction, null).spans[step(at, direction, null).current]).toBe(seen[0]);
        },
      ),
    );
  });

  it('stays where nothing was found', () => {
    expect(step(NO_HITS, 1, 5)).toBe(NO_HITS);
  });
});

describe('hitsText', () => {
  it('tells the place, the number, or that there is none', () => {
    expect(hitsText(NO_HITS)).toBe('');
    expect(hitsText({ ...NO_HITS, text: 'x' })).toBe('No matches');
    expect(hitsText(hits)).toBe('3 matches');
    expect(hitsText({ ...hits, current: 1 })).toBe('2 of 3');
    expect(hitsText({ ...hits, total: 1_234_567 })).toBe('1,234,567, 3 shown');
    expect(hitsText({ ...hits, spans: Uint32Array.of(1), total: 1 })).toBe('1 match');
  });
});

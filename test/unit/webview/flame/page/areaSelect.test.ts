import { describe, expect, it } from 'vitest';
import { areaBetween, spread, stretched } from '../../../../../webview/flame/page/areaSelect.ts';

describe('areaBetween', () => {
  it('begins at the earlier time and stays in the run', () => {
    expect(areaBetween(90, -5, 60, null)).toEqual({ from: 0, to: 60, tracks: null });
  });
});

describe('stretched', () => {
  const area = { from: 10, to: 20, tracks: null };

  it('moves its end by a twentieth of what is visible', () => {
    expect(stretched(area, 1, 100, 1000).to).toBe(25);
    expect(stretched(area, -1, 100, 1000).to).toBe(15);
  });

  it('neither leaves the run nor turns round', () => {
    expect(stretched(area, 1, 100, 22).to).toBe(22);
    expect(stretched({ ...area, to: 11 }, -1, 100, 1000).to).toBe(15);
  });
});

describe('spread', () => {
  const area = { from: 0, to: 1, tracks: [1, 2] };

  it('takes in the next track, and lets go of the last', () => {
    expect(spread(area, 1, [3, 1, 2, 4]).tracks).toEqual([1, 2, 4]);
    expect(spread(area, -1, [3, 1, 2, 4]).tracks).toEqual([1]);
  });

  it('keeps one track', () => {
    const one = { ...area, tracks: [1] };
    expect(spread(one, -1, [1, 2])).toBe(one);
  });

  it('leaves the last of all out first', () => {
    expect(spread({ ...area, tracks: null }, -1, [5, 6, 7]).tracks).toEqual([5, 6]);
    expect(spread({ ...area, tracks: null }, 1, [5, 6, 7]).tracks).toBeNull();
  });
});

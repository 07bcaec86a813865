import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterGrowth,
  firstState,
  isSameSource,
  nextUnwound,
  PageState,
} from '../../../../../webview/flame/page/pageState.ts';

const source = { kind: 'run', id: 'r1' } as const;

describe('PageState', () => {
  it('is read back as it was kept', () => {
    const state = {
      ...firstState(source),
      view: 'left-heavy' as const,
      viewports: { time: { from: 1.5, to: 9, scrollTop: 40 }, 'left-heavy': null },
      selected: { view: 'time' as const, span: 8 },
      area: { from: 1, to: 2, tracks: [3] },
    };
    expect(PageState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it('takes nothing that is not a state', () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        expect(PageState.safeParse(kept).success).toBe(false);
      }),
    );
  });

  it('is of one source', () => {
    expect(isSameSource(source, { kind: 'run', id: 'r1' })).toBe(true);
    expect(isSameSource(source, { kind: 'file', path: 'r1' })).toBe(false);
    expect(isSameSource({ kind: 'file', path: 'a' }, { kind: 'file', path: 'b' })).toBe(false);
  });
});

describe('nextUnwound', () => {
  const nothing = { search: '', area: null, selected: null, table: false };

  it('goes from the nearest to the farthest, one at a time', () => {
    const area = { from: 0, to: 1, tracks: null };
    const selected = { view: 'time' as const, span: 1 };
    expect(nextUnwound({ search: 'x', area, selected, table: true }, true)).toBe('search');
    expect(nextUnwound({ search: '', area, selected, table: true }, true)).toBe('table');
    expect(nextUnwound({ search: '', area, selected, table: false }, true)).toBe('area');
    expect(nextUnwound({ ...nothing, selected }, true)).toBe('selection');
    expect(nextUnwound(nothing, true)).toBe('zoom');
    expect(nextUnwound(nothing, false)).toBeNull();
  });
});

describe('afterGrowth', () => {
  it('shows the whole where it showed the whole', () => {
    expect(afterGrowth({ from: 0, to: 100, scrollTop: 5 }, 100, 160)).toEqual({
      from: 0,
      to: 160,
      scrollTop: 5,
    });
  });

  it('follows the end with the same length', () => {
    expect(afterGrowth({ from: 80, to: 100, scrollTop: 0 }, 100, 160)).toMatchObject({
      from: 140,
      to: 160,
    });
  });

  it('stays where somebody looks at something else', () => {
    const view = { from: 20, to: 40, scrollTop: 0 };
    expect(afterGrowth(view, 100, 160)).toBe(view);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrange,
  AS_RECORDED,
  moved,
  movedTo,
  toggled,
} from '../../../../../webview/flame/page/trackOrder.ts';

const tracks = [0, 1, 2, 3].map((id) => ({ id }));
const ids = (of: readonly { id: number }[]) => of.map(({ id }) => id);

describe('arrange', () => {
  it('keeps the order of the run, with new tracks behind those that were arranged', () => {
    expect(ids(arrange(tracks, AS_RECORDED))).toEqual([0, 1, 2, 3]);
    expect(ids(arrange(tracks, { ...AS_RECORDED, order: [3, 1] }))).toEqual([3, 1, 0, 2]);
  });

  it('never loses or doubles a track, whatever was saved', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), (order) => {
        expect(ids(arrange(tracks, { ...AS_RECORDED, order })).toSorted()).toEqual([0, 1, 2, 3]);
      }),
    );
  });
});

describe('moved', () => {
  it('changes places with the neighbour of its kind', () => {
    expect(moved(AS_RECORDED, [0, 1, 2, 3], 1, 1).order).toEqual([0, 2, 1, 3]);
    const pinned = { ...AS_RECORDED, pinned: [0, 2] };
    expect(moved(pinned, [0, 1, 2, 3], 2, -1).order).toEqual([2, 0, 1, 3]);
  });

  it('stays at the ends', () => {
    expect(moved(AS_RECORDED, [0, 1], 0, -1)).toBe(AS_RECORDED);
    expect(moved(AS_RECORDED, [0, 1], 1, 1)).toBe(AS_RECORDED);
  });
});

describe('movedTo', () => {
  it('takes the place of another, which makes room', () => {
    expect(movedTo(AS_RECORDED, [0, 1, 2, 3], 0, 2).order).toEqual([1, 2, 0, 3]);
    expect(movedTo(AS_RECORDED, [0, 1, 2, 3], 3, 1).order).toEqual([0, 3, 1, 2]);
    expect(movedTo(AS_RECORDED, [0, 1], 0, 9)).toBe(AS_RECORDED);
  });
});

it('adds an id, and takes it away again', () => {
  expect(toggled(toggled([4], 7), 7)).toEqual([4]);
});

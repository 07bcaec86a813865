import { expect, it } from 'vitest';
import { SpanStore } from '../../../../../webview/flame/model/spanStore.ts';
import { type MadeSpan, pieceOf, trackOf } from '../madeScenes.ts';

const row = (at: number, count: number, from = 0): MadeSpan[] =>
  Array.from({ length: count }, (_, i) => ({ row: at, start: from + i, duration: 1 }));
const visible = (trackId: number, firstRow: number, lastRow: number) => ({
  trackId,
  firstRow,
  lastRow,
});

it('cuts pieces into rows that may go on in the next piece, in whatever order they come', () => {
  const store = new SpanStore([trackOf(0, { rows: 3, pieces: 2, spans: 12 })]);
  store.addPiece(0, 1, pieceOf([...row(1, 2, 50), ...row(2, 4)]));
  store.addPiece(0, 0, pieceOf([...row(0, 3), ...row(1, 3)]));
  expect(store.held).toBe(12);
  expect(store.row(0, 1).map(({ piece, from, to }) => [piece, from, to])).toEqual([
    [0, 3, 6],
    [1, 0, 2],
  ]);
  expect(store.row(0, 7)).toEqual([]);
  expect(store.row(9, 0)).toEqual([]);
});

it('takes a newer piece in place of an older one', () => {
  const store = new SpanStore([trackOf(0)]);
  store.addPiece(0, 0, pieceOf(row(0, 3)));
  store.addPiece(0, 0, pieceOf(row(0, 5)));
  expect(store.held).toBe(5);
  expect(store.row(0, 0)).toHaveLength(1);
  store.addPiece(7, 0, pieceOf(row(0, 5)));
  expect(store.held).toBe(5);
});

it('needs only pieces that may have rows in sight', () => {
  const store = new SpanStore([trackOf(0, { rows: 9, pieces: 5, spans: 20 })]);
  expect(store.neededPieces([visible(0, 0, 0)]).map(({ piece }) => piece)).toEqual([0, 1, 2, 3, 4]);
  store.addPiece(0, 0, pieceOf(row(0, 4)));
  store.addPiece(0, 2, pieceOf([...row(4, 2), ...row(5, 2)]));
  expect(store.neededPieces([visible(0, 0, 1)])).toEqual([{ trackId: 0, piece: 1 }]);
  expect(store.neededPieces([visible(0, 6, 8)]).map(({ piece }) => piece)).toEqual([3, 4]);
  expect(store.isMissing(0, 6, 8)).toBe(true);
  expect(store.isMissing(0, 5, 5)).toBe(true);
  store.addPiece(0, 3, pieceOf(row(7, 4)));
  expect(store.isMissing(0, 4, 4)).toBe(true);
  store.addPiece(0, 1, pieceOf(row(2, 4)));
  expect(store.isMissing(0, 0, 4)).toBe(false);
});

it('forgets what was out of sight longest, never what is in sight, and asks for no more than it can hold', () => {
  const tracks = [0, 1, 2].map((id) => trackOf(id, { spans: 4 }));
  const store = new SpanStore(tracks, 8);
  for (const id of [0, 1]) {
    store.neededPieces([visible(id, 0, 0)]);
    store.addPiece(id, 0, pieceOf(row(0, 4)));
  }
  expect(store.neededPieces([visible(1, 0, 0), visible(2, 0, 0)])).toEqual([
    { trackId: 2, piece: 0 },
  ]);
  store.addPiece(2, 0, pieceOf(row(0, 4)));
  expect([0, 1, 2].map((id) => store.hasPiece(id, 0))).toEqual([false, true, true]);
  expect(store.held).toBe(8);
  expect(store.neededPieces(tracks.map(({ id }) => visible(id, 0, 0)))).toEqual([]);
});

it('forgets rows out of sight of a track that is too large to be held whole', () => {
  const store = new SpanStore([trackOf(0, { rows: 4, pieces: 4, spans: 16 })], 8);
  const look = (at: number): number[] => {
    const needed = store.neededPieces([visible(0, at, at + 1)]).map(({ piece }) => piece);
    for (const piece of [at, at + 1]) {
      if (!store.hasPiece(0, piece)) store.addPiece(0, piece, pieceOf(row(piece, 4)));
    }
    return needed;
  };
  expect(look(0)).toEqual([0, 1]);
  expect(look(2)).toEqual([2, 3]);
  expect([0, 1, 2, 3].map((piece) => store.hasPiece(0, piece))).toEqual([false, false, true, true]);
  expect(look(2)).toEqual([]);
  expect(look(0)).toEqual([0, 1]);
});

it('finds spans by where they begin', () => {
  const store = new SpanStore([trackOf(0)]);
  store.addPiece(0, 0, pieceOf(row(0, 9)));
  expect(store.find(0, 0, 4, 4)).toMatchObject({ index: 4, startNs: 4, durationNs: 1, piece: 0 });
  expect(store.find(0, 0, 4, 5)).toBeNull();
  expect(store.find(0, 0, 99, 4)).toBeNull();
});

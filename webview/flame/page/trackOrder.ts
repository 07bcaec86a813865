/** How tracks are arranged: by their ids. */
export interface TrackArrangement {
  /** From the top; tracks that are not named come after, in the order of the run. */
  readonly order: readonly number[];
  readonly collapsed: readonly number[];
  readonly pinned: readonly number[];
}

export const AS_RECORDED: TrackArrangement = { order: [], collapsed: [], pinned: [] };

/** Tracks as they are to be drawn. */
export function arrange<T extends { readonly id: number }>(
  tracks: readonly T[],
  { order }: TrackArrangement,
): T[] {
  const rank = new Map(order.map((id, place) => [id, place]));
  const rankOf = ({ id }: T): number => rank.get(id) ?? Infinity;
  return tracks.toSorted((a, b) => {
    const [first, second] = [rankOf(a), rankOf(b)];
    return first === second ? 0 : first - second;
  });
}

/** Adds an id to a list, or takes it away. */
export function toggled(ids: readonly number[], id: number): number[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
}

/** Moves a track by places among those of its kind, pinned or not. `drawn`: all ids as they are drawn. */
export function moved(
  arrangement: TrackArrangement,
  drawn: readonly number[],
  id: number,
  by: 1 | -1,
): TrackArrangement {
  const isPinned = (each: number): boolean => arrangement.pinned.includes(each);
  const peers = drawn.filter((each) => isPinned(each) === isPinned(id));
  const beside = peers[peers.indexOf(id) + by];
  return beside === undefined ? arrangement : movedTo(arrangement, drawn, id, beside);
}

/** Moves a track to where another is, which makes room. */
export function movedTo(
  arrangement: TrackArrangement,
  drawn: readonly number[],
  id: number,
  target: number,
): TrackArrangement {
  const to = drawn.indexOf(target);
  if (id === target || to < 0 || !drawn.includes(id)) return arrangement;
  const order = drawn.filter((each) => each !== id);
  order.splice(to, 0, id);
  return { ...arrangement, order };
}

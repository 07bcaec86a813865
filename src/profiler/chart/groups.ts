/** Members of groups, one group behind the other: those of group `g` stand from `first[g]` up to `first[g + 1]`. */
export interface Groups {
  readonly members: Uint32Array;
  readonly first: Uint32Array;
}

/** Groups numbers by a counting sort; inside of a group they stay in the order in which they are given. */
export function groupBy(
  order: Uint32Array,
  groupOf: (member: number) => number,
  groups: number,
): Groups {
  const first = new Uint32Array(groups + 1);
  for (const member of order) {
    const after = groupOf(member) + 1;
    first[after] = (first[after] ?? 0) + 1;
  }
  for (let i = 1; i < first.length; i += 1) first[i] = (first[i] ?? 0) + (first[i - 1] ?? 0);
  const next = first.slice();
  const members = new Uint32Array(order.length);
  for (const member of order) {
    const group = groupOf(member);
    const place = next[group] ?? 0;
    members[place] = member;
    next[group] = place + 1;
  }
  return { members, first };
}

/** The numbers from 0 on. */
export function upTo(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) numbers[i] = i;
  return numbers;
}

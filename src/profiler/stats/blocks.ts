import { median } from './robust.ts';

/** Values of both sides that were measured one after another, under one level of the machine. */
export interface Block {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Which side each of a series of values is of, in the order in which they were measured: true for B. */
export type SideOrder = readonly boolean[];

/** A block of A B B A: the least in which a steady drift weighs on both sides alike. */
const BLOCK_SIZE = 4;

/**
 * Cuts an interleaved series into blocks of four; what is left at the end belongs to the last one, which costs less power
 * than a small block of its own: 7 v 7 have 6 · 6 · 20 = 720 labellings instead of 6 · 6 · 6 · 2 = 432.
 *
 * @param a in the order in which they were measured, as `b`
 * @returns null where a block would hold one side only: the series is not interleaved
 */
export function blocksOf(
  a: readonly number[],
  b: readonly number[],
  order: SideOrder,
): Block[] | null {
  const count = Math.max(1, Math.floor(order.length / BLOCK_SIZE));
  const blocks: Block[] = [];
  let [fromA, fromB] = [0, 0];
  for (let block = 0; block < count; block += 1) {
    const end = block === count - 1 ? order.length : (block + 1) * BLOCK_SIZE;
    const ofB = order.slice(block * BLOCK_SIZE, end).filter(Boolean).length;
    const ofA = end - block * BLOCK_SIZE - ofB;
    if (ofA === 0 || ofB === 0) return null;
    blocks.push({ a: a.slice(fromA, fromA + ofA), b: b.slice(fromB, fromB + ofB) });
    fromA += ofA;
    fromB += ofB;
  }
  return fromA === a.length && fromB === b.length ? blocks : null;
}

/** The blocks with B moved by a shift. */
export function shifted(blocks: readonly Block[], shift: number): Block[] {
  return blocks.map(({ a, b }) => ({ a, b: b.map((value) => value + shift) }));
}

/**
 * The blocks without their levels: from each value the median of its block is taken. The median, as one run that was
 * disturbed would move the mean and with it all others of its block.
 */
export function aligned(blocks: readonly Block[]): Block[] {
  return blocks.map(({ a, b }) => {
    const level = median([...a, ...b]);
    const above = (value: number): number => value - level;
    return { a: a.map(above), b: b.map(above) };
  });
}

/** All differences b − a within blocks, in rising order. */
export function differencesWithin(blocks: readonly Block[]): Float64Array {
  return Float64Array.from(
    blocks.flatMap(({ a, b }) => a.flatMap((x) => b.map((y) => y - x))),
  ).sort();
}

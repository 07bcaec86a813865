import { type Block, blocksOf, differencesWithin, type SideOrder } from '../stats/blocks.ts';
import { medianOfSorted } from '../stats/robust.ts';

/**
 * Whether any way to call so many of these values A and the others B would give a ratio of at least the threshold and a
 * shift of at least the floor, in either direction. It looks at the values without their labels, so leaving out what
 * could not differ does not touch the error of those that could.
 *
 * @param order of interleaved runs, whose labels are then exchanged within blocks only, as their test does it
 */
export function couldDiffer(
  a: readonly number[],
  b: readonly number[],
  threshold: number,
  floor: number,
  order: SideOrder | null = null,
): boolean {
  const blocks = (order === null ? null : blocksOf(a, b, order)) ?? [{ a, b }];
  return [blocks.map(greatest), blocks.map(mirrored).map(greatest)].some((extreme) => {
    const shift = shiftOf(extreme);
    const ratio = shiftOf(
      extreme.map((block) => ({ a: block.a.map(Math.log), b: block.b.map(Math.log) })),
    );
    return shift >= floor && shift > 0 && ratio >= Math.log(threshold);
  });
}

const mirrored = ({ a, b }: Block): Block => ({ a: b, b: a });

/** The block with its greatest values called B: no other labelling has a greater one anywhere among its differences. */
function greatest({ a, b }: Block): Block {
  const all = [...a, ...b].sort((x, y) => x - y);
  return { a: all.slice(0, a.length), b: all.slice(a.length) };
}

const shiftOf = (blocks: readonly Block[]): number => medianOfSorted(differencesWithin(blocks));

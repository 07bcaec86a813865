import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, differencesWithin } from '../../../../src/profiler/stats/blocks.ts';
import { medianOfSorted } from '../../../../src/profiler/stats/robust.ts';
import { couldDiffer } from '../../../../src/profiler/verdict/couldDiffer.ts';

const ORDER = [false, true, true, false, false, true, true, false, false, true];

/** All ways to call so many of the values B. */
function labellings(values: readonly number[], sizeB: number): Block[] {
  const [first, ...rest] = values;
  if (first === undefined) return sizeB === 0 ? [{ a: [], b: [] }] : [];
  return [
    ...labellings(rest, sizeB).map(({ a, b }) => ({ a: [first, ...a], b })),
    ...(sizeB > 0 ? labellings(rest, sizeB - 1).map(({ a, b }) => ({ a, b: [first, ...b] })) : []),
  ];
}

const shift = (blocks: readonly Block[]): number => medianOfSorted(differencesWithin(blocks));
const logs = ({ a, b }: Block): Block => ({ a: a.map(Math.log), b: b.map(Math.log) });

/** The same by writing down every labelling. */
function byAll(blocks: readonly Block[], threshold: number, floor: number): boolean {
  let wholes: Block[][] = [[]];
  for (const { a, b } of blocks) {
    const ways = labellings([...a, ...b], b.length);
    wholes = wholes.flatMap((whole) => ways.map((way) => [...whole, way]));
  }
  return wholes.some((whole) => {
    const [inUnits, inLogs] = [shift(whole), shift(whole.map(logs))];
    const enough = Math.abs(inLogs) >= Math.log(threshold) && inUnits * inLogs > 0;
    return enough && Math.abs(inUnits) >= floor;
  });
}

describe('whether a metric could differ', () => {
  const values = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 10, maxLength: 10 });
  const floors = fc.integer({ min: 0, max: 6 });

  it('is what writing down all labellings says: in blocks, and in one where runs took no turns', () => {
    fc.assert(
      fc.property(values, floors, (series, floor) => {
        const a = series.filter((_, i) => !ORDER[i]);
        const b = series.filter((_, i) => ORDER[i]);
        const blocks: Block[] = [
          { a: a.slice(0, 2), b: b.slice(0, 2) },
          { a: a.slice(2), b: b.slice(2) },
        ];
        expect(couldDiffer(a, b, 1.5, floor, ORDER)).toBe(byAll(blocks, 1.5, floor));
        expect(couldDiffer(a, b, 1.5, floor)).toBe(byAll([{ a, b }], 1.5, floor));
      }),
      { numRuns: 60 },
    );
  });

  it('is not so for a machine that changed between blocks whose runs are alike', () => {
    const a = [10, 10.1, 20, 20.1, 20];
    const b = [10.1, 10, 20.1, 20, 20.1];
    expect(couldDiffer(a, b, 1.1, 0)).toBe(true);
    expect(couldDiffer(a, b, 1.1, 0, ORDER)).toBe(false);
  });
});

import * as fc from 'fast-check';

/** Numbers spread evenly, three decimals; `fc.double` draws most of its numbers near zero. */
export function evenly(min: number, max: number): fc.Arbitrary<number> {
  return fc
    .integer({ min: Math.round(min * 1000), max: Math.round(max * 1000) })
    .map((thousandths) => thousandths / 1000);
}

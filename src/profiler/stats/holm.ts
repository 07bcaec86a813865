/**
 * p values adjusted for having been looked at together (Holm 1979): the chance that any of them is wrong stays below
 * the level at which the adjusted ones are judged.
 *
 * @returns in the order of the input, at most 1
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((i, j) => (pValues[i] ?? 0) - (pValues[j] ?? 0));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, (pValues[index] ?? 0) * (pValues.length - rank));
    adjusted[index] = Math.min(1, largest);
  });
  return adjusted;
}

/** The commit that is compared with, and what is compared. */
export type Side = 'a' | 'b';

/**
 * The order of runs: blocks of A B B A, so that neither side has the better half of a machine that drifts. After every
 * second run both sides have been run equally often.
 *
 * @param pairs runs of either side.
 */
export function interleaved(pairs: number): Side[] {
  return Array.from({ length: 2 * pairs }, (_, i) => (i % 4 === 0 || i % 4 === 3 ? 'a' : 'b'));
}

import type { Block } from './blocks.ts';
import { checkSample, mean } from './sample.ts';
import { studentTUpperTail } from './studentT.ts';

export interface BlockedTTest {
  readonly t: number;
  /** Of the residuals: values less one for each block and one for the shift. */
  readonly df: number;
  readonly greater: number;
  readonly less: number;
}

/**
 * Student's t test of B against A with a level for each block: the additive model of blocks and sides, by least squares.
 * Where too few labellings are there for ranks. Without a degree of freedom p is 1.
 *
 * Throws `stats.invalid-sample`.
 */
export function blockedTTest(blocks: readonly Block[]): BlockedTTest {
  const all = blocks.flatMap(({ a, b }) => [...a, ...b]);
  checkSample(all);
  const df = all.length - blocks.length - 1;
  let [across, weight] = [0, 0];
  for (const { a, b } of blocks) {
    const own = (a.length * b.length) / (a.length + b.length);
    across += own * (mean(b) - mean(a));
    weight += own;
  }
  const shift = across / weight;
  if (df < 1) return { t: 0, df, greater: 1, less: 1 };
  let squares = 0;
  for (const { a, b } of blocks) {
    const without = [...a, ...b.map((value) => value - shift)];
    const level = mean(without);
    for (const value of without) squares += (value - level) ** 2;
  }
  const error = Math.sqrt(squares / df / weight);
  const t = shift === 0 ? 0 : shift / error;
  return { t, df, greater: studentTUpperTail(t, df), less: studentTUpperTail(-t, df) };
}

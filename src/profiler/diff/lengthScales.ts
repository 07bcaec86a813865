import type { SpanKeys } from './spanKeys.ts';

/** How the lengths of the spans of one name differ, within a run and between the two. Natural logarithms. */
export interface LengthScale {
  /** How much longer a span of B typically is. */
  readonly shift: number;
  /** Typical difference of two spans of one run. */
  readonly spread: number;
}

/** Lengths below a microsecond are all the same: clocks do not tell them apart. */
export function logLength({ tree }: SpanKeys, span: number): number {
  return Math.log(Math.max(1e3, tree.amount[span] ?? 0));
}

/** The scale of every name that occurs in both runs, by its number. */
export function lengthScales(a: SpanKeys, b: SpanKeys): ReadonlyMap<number, LengthScale> {
  const inA = sortedLengths(a);
  const inB = sortedLengths(b);
  const scales = new Map<number, LengthScale>();
  for (const [template, lengthsA] of inA) {
    const lengthsB = inB.get(template);
    if (lengthsB === undefined) continue;
    scales.set(template, {
      shift: quantile(lengthsB, 0.5) - quantile(lengthsA, 0.5),
      spread: Math.max(deviation(lengthsA), deviation(lengthsB)),
    });
  }
  return scales;
}

function sortedLengths(keys: SpanKeys): Map<number, Float64Array> {
  const lengths = new Map<number, number[]>();
  keys.template.forEach((template, span) => {
    const known = lengths.get(template);
    if (known === undefined) lengths.set(template, [logLength(keys, span)]);
    else known.push(logLength(keys, span));
  });
  return new Map(
    Array.from(lengths, ([template, all]) => [template, Float64Array.from(all).sort()]),
  );
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

/** The range of the middle two thirds is two standard deviations of a normal distribution. */
function deviation(sorted: Float64Array): number {
  return (quantile(sorted, 5 / 6) - quantile(sorted, 1 / 6)) / 2;
}

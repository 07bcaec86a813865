import { INFER_PARENT_CHILDREN_FIRST } from './inferParents.ts';

interface Times {
  readonly startNs: Float64Array;
  readonly durationNs: Float64Array;
}

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/** Below this many a radix sort spends its time on its tables. */
const RADIX_FROM = 4096;

/** A typed array of words shows the halves of its doubles in this order on little-endian processors. */
const LOW_WORD = 0;
const HIGH_WORD = 1;

/**
 * The order of spans by start, then by falling duration, then by their position; of spans with equal times whose
 * parents are to be found with children first, the later one stands first.
 *
 * @param times starts must not be negative: their bits are sorted as if they were whole numbers.
 * @param parent as the builder has it.
 * @returns positions in order; null where they are in order as they stand.
 */
export function timeOrder(times: Times, parent: Int32Array): Uint32Array | null {
  const { startNs, durationNs } = times;
  const later = (a: number, b: number): boolean =>
    parent[a] === INFER_PARENT_CHILDREN_FIRST && parent[b] === INFER_PARENT_CHILDREN_FIRST;
  const compare = (a: number, b: number): number =>
    (durationNs[b] ?? 0) - (durationNs[a] ?? 0) || (later(a, b) ? b - a : a - b);
  let inOrder = true;
  for (let i = 1; i < startNs.length && inOrder; i += 1) {
    const difference = (startNs[i] ?? 0) - (startNs[i - 1] ?? 0);
    inOrder = difference > 0 || (difference === 0 && compare(i - 1, i) < 0);
  }
  if (inOrder) return null;
  const order =
    startNs.length < RADIX_FROM
      ? Uint32Array.from(startNs.keys()).sort(
          (a, b) => (startNs[a] ?? 0) - (startNs[b] ?? 0) || a - b,
        )
      : orderByNumbers(startNs);
  sortTies(order, (a, b) => startNs[a] === startNs[b], compare);
  return order;
}

/**
 * The order of spans that are in order of time, with those of equal times in the order of their depth. Null where they
 * are so already.
 */
export function depthOrder(times: Times, depth: Uint16Array): Uint32Array | null {
  const { startNs, durationNs } = times;
  const tied = (a: number, b: number): boolean =>
    startNs[a] === startNs[b] && durationNs[a] === durationNs[b];
  let inOrder = true;
  for (let i = 1; i < depth.length && inOrder; i += 1) {
    inOrder = (depth[i - 1] ?? 0) <= (depth[i] ?? 0) || !tied(i - 1, i);
  }
  if (inOrder) return null;
  const order = Uint32Array.from(depth.keys());
  sortTies(order, tied, (a, b) => (depth[a] ?? 0) - (depth[b] ?? 0) || a - b);
  return order;
}

/**
 * Positions of numbers that are not negative, in rising order; equal ones as they stand. A radix sort over the bits of
 * the doubles, which are ordered as the numbers are; digits that are the same everywhere cost no pass.
 */
export function orderByNumbers(numbers: Float64Array): Uint32Array {
  const count = numbers.length;
  // Adding 0 turns a negative zero, whose bits are the highest of all, into a positive one.
  for (let i = 0; i < count; i += 1) if (numbers[i] === 0) numbers[i] = 0;
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, count * 2);
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  let sorted = new Uint32Array(count);
  const next = new Uint32Array(DIGITS);
  for (const word of [LOW_WORD, HIGH_WORD]) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      next.fill(0);
      for (let i = word; i < words.length; i += 2) {
        const digit = ((words[i] ?? 0) >>> shift) & (DIGITS - 1);
        next[digit] = (next[digit] ?? 0) + 1;
      }
      if (next.includes(count)) continue;
      let sum = 0;
      for (let digit = 0; digit < DIGITS; digit += 1) {
        const occurrences = next[digit] ?? 0;
        next[digit] = sum;
        sum += occurrences;
      }
      for (let i = 0; i < count; i += 1) {
        const at = order[i] ?? 0;
        const digit = ((words[at * 2 + word] ?? 0) >>> shift) & (DIGITS - 1);
        const to = next[digit] ?? 0;
        next[digit] = to + 1;
        sorted[to] = at;
      }
      [order, sorted] = [sorted, order];
    }
  }
  return order;
}

/** Sorts each stretch of `order` whose neighbours are tied. */
function sortTies(
  order: Uint32Array,
  tied: (a: number, b: number) => boolean,
  compare: (a: number, b: number) => number,
): void {
  let from = 0;
  let inOrder = true;
  for (let i = 1; i <= order.length; i += 1) {
    const before = order[i - 1] ?? 0;
    const at = order[i] ?? 0;
    if (i < order.length && tied(before, at)) {
      if (compare(before, at) > 0) inOrder = false;
      continue;
    }
    if (!inOrder) order.subarray(from, i).sort(compare);
    from = i;
    inOrder = true;
  }
}

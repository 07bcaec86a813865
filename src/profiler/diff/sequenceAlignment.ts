/** Positions looked at on either side of the best way so far: what bounds the work on long sequences. */
const BAND = 96;
/** Most cells of the table: 16 MB. */
const MAX_CELLS = 2 ** 24;

const MATCH = 0;
const SKIP_A = 1;
const SKIP_B = 2;

/**
 * Aligns two sequences in order so that the sum of the costs is least (Needleman & Wunsch 1970), within a band that
 * follows the best way. Time and memory are bounded: at most 193 cells a row beyond the difference of the lengths, and 16
 * million altogether as long as a row has that many.
 *
 * @param cost of pairing two positions, at least 0.
 * @param gapCost of leaving one position without a partner.
 * @returns the position in B for each of A, or -1.
 */
export function alignSequences(
  lengthA: number,
  lengthB: number,
  cost: (a: number, b: number) => number,
  gapCost: number,
): Int32Array {
  const least = 2 * BAND + 1;
  const affordable = Math.max(least, Math.floor(MAX_CELLS / (lengthA + 1)));
  const width = Math.min(lengthB + 1, least + Math.abs(lengthA - lengthB), affordable);
  const moves = new Uint8Array((lengthA + 1) * width);
  const firstOf = new Int32Array(lengthA + 1);
  let above = new Float64Array(width).fill(Infinity);
  let row = new Float64Array(width).fill(Infinity);
  let best = 0;
  for (let i = 0; i <= lengthA; i += 1) {
    const first = bandStart(best, width, lengthB, i === 0 ? 0 : (firstOf[i - 1] ?? 0));
    const shift = i === 0 ? 0 : first - (firstOf[i - 1] ?? 0);
    firstOf[i] = first;
    let rowLeast = Infinity;
    for (let k = 0; k < width; k += 1) {
      const j = first + k;
      let value = i === 0 && j === 0 ? 0 : Infinity;
      let move = SKIP_B;
      if (i > 0 && j > 0 && k + shift - 1 >= 0 && k + shift - 1 < width) {
        const total = (above[k + shift - 1] ?? Infinity) + cost(i - 1, j - 1);
        if (total < value) {
          value = total;
          move = MATCH;
        }
      }
      if (i > 0 && k + shift < width) {
        const total = (above[k + shift] ?? Infinity) + gapCost;
        if (total < value) {
          value = total;
          move = SKIP_A;
        }
      }
      if (k > 0 && (row[k - 1] ?? Infinity) + gapCost < value) {
        value = (row[k - 1] ?? Infinity) + gapCost;
        move = SKIP_B;
      }
      row[k] = value;
      moves[i * width + k] = move;
      if (value < rowLeast) {
        rowLeast = value;
        best = j;
      }
    }
    [above, row] = [row, above];
  }
  return trace(lengthA, lengthB, moves, firstOf, width);
}

/** The band never goes back, keeps the best way in its middle and reaches the end. */
function bandStart(best: number, width: number, lengthB: number, previous: number): number {
  const wanted = Math.min(best + 1 - (width >> 1), lengthB + 1 - width);
  return Math.max(previous, wanted, 0);
}

function trace(
  lengthA: number,
  lengthB: number,
  moves: Uint8Array,
  firstOf: Int32Array,
  width: number,
): Int32Array {
  const partner = new Int32Array(lengthA).fill(-1);
  let i = lengthA;
  let j = Math.min(lengthB, (firstOf[lengthA] ?? 0) + width - 1);
  while (i > 0) {
    const move = moves[i * width + j - (firstOf[i] ?? 0)];
    if (move === MATCH) {
      i -= 1;
      j -= 1;
      partner[i] = j;
    } else if (move === SKIP_A) i -= 1;
    else if (j > 0) j -= 1;
    else break;
  }
  return partner;
}

import { seededRandom } from '../support/statistics.ts';
import { SPAN_FLAG } from '../../../src/profiler/chart/chartColumns.ts';
import type { PieceColumns } from '../../../src/profiler/chart/chartColumns.ts';

/** How much is made: the same plan gives the same spans. */
export interface MadePlan {
  readonly spans: number;
  readonly tracks: number;
}

/** An hour. */
export const EXTENT_NS = 3.6e12;
/** Spans of a piece, about as the worker cuts them. */
const PIECE_SPANS = 65_536;
/** Spans of a request: one at the top and what it calls. */
const REQUEST_SPANS = 2000;
const MOST_CHILDREN = 6;
export const NAMES: readonly string[] = Array.from(
  { length: 600 },
  (_, i) => `${['load', 'decode', 'embed', 'render', 'query', 'parse'][i % 6] ?? ''}Batch.step${i}`,
);

/** Spans of a track in the order of time, a caller before what it calls; `row` is the depth. */
export type MadeTrack = PieceColumns;

export function spansOfTrack({ spans, tracks }: MadePlan, track: number): number {
  return Math.floor(spans / tracks) + (track < spans % tracks ? 1 : 0);
}

/** Requests one after another, each a tree of calls some twenty deep, with a few errors, findings and slow ones. */
export function makeTrack(plan: MadePlan, track: number): MadeTrack {
  const count = spansOfTrack(plan, track);
  const made = {
    start: new Float64Array(count),
    duration: new Float64Array(count),
    span: new Uint32Array(count),
    name: new Uint32Array(count),
    row: new Uint32Array(count),
    flags: new Uint8Array(count),
  };
  const random = seededRandom(track + 1);
  const first = track * Math.ceil(plan.spans / plan.tracks);
  let filled = 0;
  const requests = Math.max(1, Math.round(count / REQUEST_SPANS));
  const each = EXTENT_NS / requests;
  for (let request = 0; request < requests; request += 1) {
    const budget = Math.round(((request + 1) * count) / requests) - filled;
    const from = Math.floor(request * each + random() * each * 0.05);
    const stack = [{ from, to: Math.floor((request + 0.95) * each), budget, depth: 0 }];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      made.start[filled] = node.from;
      made.duration[filled] = node.to - node.from;
      made.span[filled] = first + filled;
      made.name[filled] = Math.floor(random() ** 2 * 90) + node.depth * 7;
      made.row[filled] = node.depth;
      made.flags[filled] = flagsOf(random());
      filled += 1;
      const children = splitBetween(node, random);
      for (let i = children.length - 1; i >= 0; i -= 1) stack.push(children[i] as Node);
    }
  }
  return made;
}

interface Node {
  readonly from: number;
  readonly to: number;
  readonly budget: number;
  readonly depth: number;
}

function splitBetween(node: Node, random: () => number): Node[] {
  const left = node.budget - 1;
  if (left === 0) return [];
  const count = Math.min(left, 1 + Math.floor(random() * MOST_CHILDREN));
  const weights = Array.from({ length: count }, () => 0.05 + random() ** 2);
  const sum = weights.reduce((a, b) => a + b, 0);
  const length = node.to - node.from;
  const nodes: Node[] = [];
  let at = 0;
  let spent = 0;
  for (const [i, weight] of weights.entries()) {
    const share = weight / sum;
    const from = Math.floor(node.from + at * length);
    at += share;
    const to = Math.floor(node.from + (at - share * 0.15 * random()) * length);
    const budget =
      i === count - 1
        ? left - spent
        : Math.min(left - spent - (count - 1 - i), Math.max(1, Math.floor(left * share)));
    spent += budget;
    nodes.push({ from, to: Math.max(from, to), budget, depth: node.depth + 1 });
  }
  return nodes;
}

function flagsOf(dice: number): number {
  if (dice < 1 / 20_000) return SPAN_FLAG.error;
  if (dice < 1 / 5000) return SPAN_FLAG.overTarget;
  return dice < 1 / 4000 ? SPAN_FLAG.finding : 0;
}

/** The pieces of a track, ordered by row, then by start. */
export function piecesOf(made: MadeTrack): PieceColumns[] {
  const order = rowOrder(made.row);
  return Array.from({ length: Math.max(1, Math.ceil(order.length / PIECE_SPANS)) }, (_, piece) => {
    const places = order.subarray(piece * PIECE_SPANS, (piece + 1) * PIECE_SPANS);
    return {
      start: Float64Array.from(places, (i) => made.start[i] as number),
      duration: Float64Array.from(places, (i) => made.duration[i] as number),
      span: Uint32Array.from(places, (i) => made.span[i] as number),
      name: Uint32Array.from(places, (i) => made.name[i] as number),
      row: Uint32Array.from(places, (i) => made.row[i] as number),
      flags: Uint8Array.from(places, (i) => made.flags[i] as number),
    };
  });
}

export function pieceCount(spans: number): number {
  return Math.max(1, Math.ceil(spans / PIECE_SPANS));
}

/** Places ordered by row; those of a row as they stand. */
function rowOrder(row: Uint32Array): Uint32Array {
  const rows = row.reduce((most, each) => Math.max(most, each), 0) + 1;
  const next = new Uint32Array(rows + 1);
  for (const each of row) next[each + 1] = (next[each + 1] as number) + 1;
  for (let i = 0; i < rows; i += 1) next[i + 1] = (next[i + 1] as number) + (next[i] as number);
  const order = new Uint32Array(row.length);
  for (let i = 0; i < row.length; i += 1) {
    const at = row[i] as number;
    order[next[at] as number] = i;
    next[at] = (next[at] as number) + 1;
  }
  return order;
}

import type { Run } from '../model/run.ts';
import type { PieceColumns } from './chartColumns.ts';
import type { LeftHeavyLayout } from './leftHeavyLayout.ts';
import type { NameTable } from './nameTable.ts';
import { PIECE_SPANS, type LayoutTrack, type TimeLayout, spansOfPiece } from './timeLayout.ts';

/** A piece of a track over time. @param flags by span. */
export function timePiece(
  run: Run,
  layout: TimeLayout,
  { places }: NameTable,
  flags: Uint8Array,
  track: LayoutTrack,
  piece: number,
): PieceColumns {
  const span = spansOfPiece(layout, track, piece);
  const count = span.length;
  const { startNs, durationNs, nameId } = run.spans;
  const start = new Float64Array(count);
  const duration = new Float64Array(count);
  const name = new Uint32Array(count);
  const row = new Uint32Array(count);
  const flag = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) {
    const at = span[i] ?? 0;
    start[i] = startNs[at] ?? 0;
    duration[i] = durationNs[at] ?? 0;
    name[i] = (places[nameId[at] ?? 0] ?? 1) - 1;
    row[i] = layout.row[at] ?? 0;
    flag[i] = flags[at] ?? 0;
  }
  return { start, duration, span, name, row, flags: flag };
}

/** A piece of the merged stacks. @param flags by node. */
export function leftHeavyPiece(
  layout: LeftHeavyLayout,
  { places }: NameTable,
  flags: Uint8Array,
  piece: number,
): PieceColumns {
  const from = Math.min(layout.row.length, piece * PIECE_SPANS);
  const to = Math.min(layout.row.length, from + PIECE_SPANS);
  return {
    start: layout.start.subarray(from, to),
    duration: layout.width.subarray(from, to),
    span: Uint32Array.from({ length: to - from }, (_, i) => from + i),
    name: layout.nameId.subarray(from, to).map((id) => (places[id] ?? 1) - 1),
    row: layout.row.subarray(from, to),
    flags: flags.subarray(from, to),
  };
}

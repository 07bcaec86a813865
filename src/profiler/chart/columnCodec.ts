import { ProfilerError } from '../model/profilerError.ts';

/** Types of columns, widest first: that order keeps every column aligned. */
const COLUMN_TYPES = {
  f64: Float64Array,
  u32: Uint32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;

export type ColumnType = keyof typeof COLUMN_TYPES;

/** Names and types of the columns of one kind of bytes; all columns of it have the same length. */
export type ColumnLayout = Readonly<Record<string, ColumnType>>;

/** The columns of a layout. */
export type Columns<L extends ColumnLayout> = {
  readonly [K in keyof L]: ArrayOf[L[K]];
};

interface ArrayOf {
  f64: Float64Array;
  u32: Uint32Array;
  i32: Int32Array;
  u16: Uint16Array;
  u8: Uint8Array;
}

const MAGIC = 0x4c4f4345;
const HEADER_BYTES = 8;

/** Columns as bytes: `ECOL`, the number of rows (u32), then the columns, widest first, little-endian. */
export function encodeColumns<L extends ColumnLayout>(
  layout: L,
  columns: Columns<L>,
): Uint8Array<ArrayBuffer> {
  const ordered = inOrder(layout);
  const [first] = ordered;
  const rows = first === undefined ? 0 : columns[first.name as keyof L].length;
  const bytes = new Uint8Array(
    HEADER_BYTES + ordered.reduce((sum, { size }) => sum + size * rows, 0),
  );
  new DataView(bytes.buffer).setUint32(0, MAGIC, true);
  new DataView(bytes.buffer).setUint32(4, rows, true);
  let at = HEADER_BYTES;
  for (const { name, size } of ordered) {
    const column = columns[name as keyof L];
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, rows * size), at);
    at += rows * size;
  }
  return bytes;
}

/**
 * Columns of bytes, as views on them where they are aligned and else on a copy.
 *
 * @throws ProfilerError `chart.bad-columns`
 */
export function decodeColumns<L extends ColumnLayout>(layout: L, bytes: Uint8Array): Columns<L> {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const ordered = inOrder(layout);
  const width = ordered.reduce((sum, { size }) => sum + size, 0);
  const rows = aligned.byteLength < HEADER_BYTES ? -1 : view.getUint32(4, true);
  if (
    rows < 0 ||
    view.getUint32(0, true) !== MAGIC ||
    aligned.byteLength !== HEADER_BYTES + rows * width
  ) {
    throw new ProfilerError('chart.bad-columns', 'Columns of a chart have an unexpected shape.');
  }
  const columns: Record<string, unknown> = {};
  let at = aligned.byteOffset + HEADER_BYTES;
  for (const { name, type, size } of ordered) {
    columns[name] = new COLUMN_TYPES[type](aligned.buffer as ArrayBuffer, at, rows);
    at += rows * size;
  }
  return columns as Columns<L>;
}

function inOrder(layout: ColumnLayout): { name: string; type: ColumnType; size: number }[] {
  return Object.entries(layout)
    .map(([name, type]) => ({ name, type, size: COLUMN_TYPES[type].BYTES_PER_ELEMENT }))
    .sort((a, b) => b.size - a.size);
}

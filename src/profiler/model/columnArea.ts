import { ProfilerError } from './profilerError.ts';
import type { ColumnType, StoredColumn } from './runMetadata.ts';

/** Typed arrays that can be stored as a column. */
export type StorableColumn =
  Float64Array | BigUint64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

const ELEMENT_BYTES: Record<ColumnType, number> = { f64: 8, u64: 8, u32: 4, i32: 4, u16: 2, u8: 1 };

function typeOf(column: StorableColumn): ColumnType {
  if (column instanceof Float64Array) return 'f64';
  if (column instanceof BigUint64Array) return 'u64';
  if (column instanceof Uint32Array) return 'u32';
  if (column instanceof Int32Array) return 'i32';
  if (column instanceof Uint16Array) return 'u16';
  return 'u8';
}

/** The next multiple of 8: columns begin there so that they can be read in place. */
export function align8(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** Collects columns with their places in the column area. */
export class ColumnWriter {
  readonly directory: StoredColumn[] = [];
  readonly #columns: StorableColumn[] = [];
  #bytes = 0;

  add(name: string, column: StorableColumn): void {
    this.directory.push({ name, type: typeOf(column), length: column.length, offset: this.#bytes });
    this.#columns.push(column);
    this.#bytes += align8(column.byteLength);
  }

  get byteLength(): number {
    return this.#bytes;
  }

  /** Copies the columns to where the directory says, counted from `base`. */
  writeTo(bytes: Uint8Array, base: number): void {
    this.#columns.forEach((column, i) => {
      const source = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
      bytes.set(source, base + (this.directory[i]?.offset ?? 0));
    });
  }
}

/** Gives columns of a stored run as views of its bytes; throws `codec.damaged` where the directory is wrong. */
export class ColumnReader {
  readonly #buffer: ArrayBufferLike;
  readonly #base: number;
  readonly #columns: ReadonlyMap<string, StoredColumn>;

  /** `base` is the first byte of the column area in `buffer`, a multiple of 8; `byteLength` the area's size. */
  constructor(
    buffer: ArrayBufferLike,
    base: number,
    byteLength: number,
    directory: readonly StoredColumn[],
  ) {
    this.#buffer = buffer;
    this.#base = base;
    this.#columns = new Map(directory.map((column) => [column.name, column]));
    for (const { name, type, length, offset } of directory) {
      if (offset + length * ELEMENT_BYTES[type] > byteLength) {
        throw new ProfilerError('codec.damaged', `The column ${name} lies outside of the file.`);
      }
    }
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  f64(name: string, length?: number): Float64Array {
    const at = this.#find(name, 'f64', length);
    return new Float64Array(this.#buffer, this.#base + at.offset, at.length);
  }

  u64(name: string, length?: number): BigUint64Array {
    const at = this.#find(name, 'u64', length);
    return new BigUint64Array(this.#buffer, this.#base + at.offset, at.length);
  }

  u32(name: string, length?: number): Uint32Array {
    const at = this.#find(name, 'u32', length);
    return new Uint32Array(this.#buffer, this.#base + at.offset, at.length);
  }

  i32(name: string, length?: number): Int32Array {
    const at = this.#find(name, 'i32', length);
    return new Int32Array(this.#buffer, this.#base + at.offset, at.length);
  }

  u16(name: string, length?: number): Uint16Array {
    const at = this.#find(name, 'u16', length);
    return new Uint16Array(this.#buffer, this.#base + at.offset, at.length);
  }

  u8(name: string, length?: number): Uint8Array {
    const at = this.#find(name, 'u8', length);
    return new Uint8Array(this.#buffer, this.#base + at.offset, at.length);
  }

  #find(name: string, type: ColumnType, length: number | undefined): StoredColumn {
    const column = this.#columns.get(name);
    if (column?.type !== type || (length !== undefined && column.length !== length)) {
      throw new ProfilerError(
        'codec.damaged',
        `The column ${name} is missing or of a wrong shape.`,
      );
    }
    return column;
  }
}

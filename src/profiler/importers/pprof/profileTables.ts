import { GrowingColumn } from '../../model/growingColumn.ts';

const u32 = (n: number): Uint32Array<ArrayBuffer> => new Uint32Array(n);
const f64 = (n: number): Float64Array<ArrayBuffer> => new Float64Array(n);

/** What a value of a sample measures: string ids. */
export interface ValueType {
  type: number;
  unit: number;
}

/** The strings of a profile: decoded when they are asked for, kept as positions until then. */
export class LazyStrings {
  readonly #bytes: Uint8Array;
  readonly #from = new GrowingColumn(f64);
  readonly #to = new GrowingColumn(f64);
  readonly #decoded = new Map<number, string>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#from.length;
  }

  add(from: number, to: number): void {
    this.#from.push(from);
    this.#to.push(to);
  }

  /** The string of an id; empty for one that is out of range. */
  get(id: number): string {
    const known = this.#decoded.get(id);
    if (known !== undefined) return known;
    if (!(id > 0 && id < this.length)) return '';
    const bytes = this.#bytes.subarray(this.#from.get(id), this.#to.get(id));
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    this.#decoded.set(id, text);
    return text;
  }
}

/** A pprof profile as columns. Ids are the file's own, found through maps: they need not be dense. */
export class ProfileTables {
  readonly strings: LazyStrings;
  readonly sampleTypes: ValueType[] = [];
  /** Function id → row. */
  readonly functions = new Map<number, number>();
  readonly functionName = new GrowingColumn(u32);
  readonly functionFile = new GrowingColumn(u32);
  readonly functionStartLine = new GrowingColumn(f64);
  /** Location id → row. */
  readonly locations = new Map<number, number>();
  /** Address, for locations without a function. */
  readonly locationAddress = new GrowingColumn(f64);
  readonly locationMapping = new GrowingColumn(f64);
  /** First line of each location; its last is before the next one's first. Innermost inlined function first. */
  readonly locationLines = new GrowingColumn(u32);
  readonly lineFunction = new GrowingColumn(f64);
  readonly lineNumber = new GrowingColumn(f64);
  /** Mapping id → string id of its file. */
  readonly mappings = new Map<number, number>();
  /** Position and end of each sample message: read when everything else is known. */
  readonly sampleFrom = new GrowingColumn(f64);
  readonly sampleTo = new GrowingColumn(f64);
  defaultSampleType = 0;
  timeNanos = 0;
  durationNanos = 0;
  period = 0;
  periodType: ValueType = { type: 0, unit: 0 };
  tickUnit = 0;
  readonly comments: number[] = [];

  constructor(bytes: Uint8Array) {
    this.strings = new LazyStrings(bytes);
  }

  /** Where the lines of a location row begin in the line columns; those of the row behind the last one: their end. */
  firstLineOf(row: number): number {
    return row < this.locationLines.length ? this.locationLines.get(row) : this.lineFunction.length;
  }
}

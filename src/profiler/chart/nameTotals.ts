import type { Run } from '../model/run.ts';
import type { SpanIndex } from '../model/units.ts';
import { type NameTable, nameText } from './nameTable.ts';

/** What the spans of one name come to; nanoseconds, or weights in a run without time order. */
export interface NameTotal {
  readonly nameId: number;
  readonly name: string;
  readonly count: number;
  /** Of calls inside of one of the same name only the outermost counts. */
  readonly total: number;
  readonly self: number;
  readonly max: number;
  /** The longest. */
  readonly span: SpanIndex;
  readonly errors: number;
}

/** A table of names while it is filled. */
export class NameTotals {
  readonly count: Uint32Array;
  readonly total: Float64Array;
  readonly self: Float64Array;
  readonly max: Float64Array;
  readonly span: Uint32Array;
  readonly errors: Uint32Array;

  constructor(names: number) {
    this.count = new Uint32Array(names);
    this.total = new Float64Array(names);
    this.self = new Float64Array(names);
    this.max = new Float64Array(names).fill(-Infinity);
    this.span = new Uint32Array(names);
    this.errors = new Uint32Array(names);
  }

  add(name: number, count: number, total: number, self: number, errors: number): void {
    this.count[name] = (this.count[name] ?? 0) + count;
    this.total[name] = (this.total[name] ?? 0) + total;
    this.self[name] = (this.self[name] ?? 0) + self;
    this.errors[name] = (this.errors[name] ?? 0) + errors;
  }

  longest(name: number, amount: number, span: SpanIndex): void {
    if (amount <= (this.max[name] ?? 0)) return;
    this.max[name] = amount;
    this.span[name] = span;
  }

  /** The names that occur, the greatest in `by` first, at most `limit`; and how many there are. */
  rows(
    run: Run,
    names: NameTable,
    by: 'total' | 'self',
    limit: number,
  ): { rows: NameTotal[]; all: number } {
    const key = this[by];
    const occurring = Uint32Array.from(this.count.keys()).filter((name) => this.count[name] !== 0);
    occurring.sort((a, b) => (key[b] ?? 0) - (key[a] ?? 0) || a - b);
    const rows = Array.from(occurring.subarray(0, limit), (nameId) => this.row(run, names, nameId));
    return { rows, all: occurring.length };
  }

  row(run: Run, names: NameTable, nameId: number): NameTotal {
    return {
      nameId,
      name: nameText(run, names, nameId),
      count: this.count[nameId] ?? 0,
      total: this.total[nameId] ?? 0,
      self: this.self[nameId] ?? 0,
      max: Math.max(0, this.max[nameId] ?? 0),
      span: this.span[nameId] ?? 0,
      errors: this.errors[nameId] ?? 0,
    };
  }
}

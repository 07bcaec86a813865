import type { Run } from '../model/run.ts';
import type { LeftHeavyLayout } from './leftHeavyLayout.ts';
import type { NameTable } from './nameTable.ts';
import { type NameTotal, NameTotals } from './nameTotals.ts';

/** The functions of a run. */
export class FunctionTable {
  readonly #run: Run;
  readonly #names: NameTable;
  readonly #totals: NameTotals;

  /** @param outermost by node, of `outermostNodes`. */
  constructor(run: Run, names: NameTable, layout: LeftHeavyLayout, outermost: Uint8Array) {
    this.#run = run;
    this.#names = names;
    const totals = new NameTotals(names.strings.length);
    const { nameId, total, self, count, errors, most, longest } = layout;
    for (let node = 0; node < nameId.length; node += 1) {
      const name = (names.places[nameId[node] ?? 0] ?? 1) - 1;
      const whole = outermost[node] === 1 ? (total[node] ?? 0) : 0;
      totals.add(name, count[node] ?? 0, whole, self[node] ?? 0, errors[node] ?? 0);
      totals.longest(name, most[node] ?? 0, longest[node] ?? 0);
    }
    this.#totals = totals;
  }

  /** The largest self time first, at most `limit`; with the number of all. */
  top(limit: number): { rows: NameTotal[]; all: number } {
    return this.#totals.rows(this.#run, this.#names, 'self', limit);
  }

  of(nameId: number): NameTotal {
    return this.#totals.row(this.#run, this.#names, nameId);
  }
}

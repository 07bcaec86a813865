import { type Run, stringOf } from '../model/run.ts';
import type { SpanIndex, StringId } from '../model/units.ts';
import { cutText } from './cutText.ts';

/** The distinct names of the spans of a run; a name's id is its place here. */
export interface NameTable {
  /** String ids, in the order in which they occur. */
  readonly strings: Uint32Array;
  /** By string id: 1 + the place of the name, 0 for a string that no span is called. */
  readonly places: Uint32Array;
}

/** Collects the names of a run's spans. A run has many other strings, such as values of attributes. */
export function nameTable(run: Run): NameTable {
  const places = new Uint32Array(run.strings.length);
  const strings: StringId[] = [];
  for (const id of run.spans.nameId) {
    if (places[id] === 0) places[id] = strings.push(id);
  }
  return { strings: Uint32Array.from(strings), places };
}

/** The id that the name of a span has in a chart. */
export function nameOfSpan(run: Run, { places }: NameTable, span: SpanIndex): number {
  return (places[run.spans.nameId[span] ?? 0] ?? 1) - 1;
}

/** The name of an id; empty for an id that there is not. */
export function nameText(run: Run, { strings }: NameTable, name: number): string {
  return cutText(stringOf(run, strings[name] ?? 0));
}

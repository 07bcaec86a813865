import { type Run, stringOf } from '../model/run.ts';

/** Hits of a search, as many as were asked for, and the number of all. */
export interface Hits {
  readonly spans: Uint32Array;
  readonly total: number;
}

/**
 * Positions whose name contains a text, whatever its case, in their order.
 *
 * @param nameId string ids: those of the spans of a run, or of the nodes of its merged stacks.
 */
export function searchNames(run: Run, nameId: Uint32Array, text: string, limit: number): Hits {
  const wanted = text.toLowerCase();
  if (wanted === '') return { spans: new Uint32Array(0), total: 0 };
  const UNSEEN = 0;
  const FITS = 1;
  const OTHER = 2;
  const known = new Uint8Array(run.strings.length);
  const hits: number[] = [];
  let total = 0;
  for (let at = 0; at < nameId.length; at += 1) {
    const id = nameId[at] ?? 0;
    if (known[id] === UNSEEN) {
      known[id] = stringOf(run, id).toLowerCase().includes(wanted) ? FITS : OTHER;
    }
    if (known[id] !== FITS) continue;
    if (total < limit) hits.push(at);
    total += 1;
  }
  return { spans: Uint32Array.from(hits), total };
}

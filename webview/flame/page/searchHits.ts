/** Spans whose names contain a text. */
export interface SearchHits {
  readonly text: string;
  /** In the order of the answer: of time, or row by row. */
  readonly spans: Uint32Array;
  /** All there are; `spans` may hold fewer. */
  readonly total: number;
  /** Place in `spans` of the one that is shown; -1 before the first step. */
  readonly current: number;
}

export const NO_HITS: SearchHits = { text: '', spans: new Uint32Array(), total: 0, current: -1 };

/** The hit after or before the one that is shown, round the ends; from the chosen span where that is a hit. */
export function step(hits: SearchHits, direction: 1 | -1, chosen: number | null): SearchHits {
  const { length } = hits.spans;
  if (length === 0) return hits;
  const shown = hits.spans[hits.current];
  const moved = chosen !== null && chosen !== shown ? hits.spans.indexOf(chosen) : -1;
  const from = moved >= 0 ? moved : hits.current;
  const start = from < 0 && direction < 0 ? 0 : from;
  return { ...hits, current: (start + direction + length) % length };
}

/** `3 of 12`, `12 matches`, `No matches`. */
export function hitsText({ text, spans, total, current }: SearchHits): string {
  if (text === '') return '';
  if (total === 0) return 'No matches';
  const all = total.toLocaleString('en');
  if (current >= 0) return `${(current + 1).toLocaleString('en')} of ${all}`;
  if (spans.length < total) return `${all}, ${spans.length.toLocaleString('en')} shown`;
  return total === 1 ? '1 match' : `${all} matches`;
}

import type { SearchHit } from '../../protocol/library.ts';
import { formatTime } from '../platform/formatTime.ts';

/** A hit as a line of the quick pick. */
export interface HitItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The search has decided already: VS Code's own filter would hide hits by meaning. */
  readonly alwaysShow: true;
  readonly hit: SearchHit;
}

export function hitItem(hit: SearchHit): HitItem {
  return {
    label: hit.snippet,
    description: `${hit.speaker} · ${formatTime(hit.start)}`,
    detail: hit.title,
    alwaysShow: true,
    hit,
  };
}

/** Both kinds of hits under their headings; what was found by its words is not shown again by its meaning. */
export function joinHits(byWords: readonly SearchHit[], byMeaning: readonly SearchHit[]) {
  const seen = new Set(byWords.map(keyOf));
  return [
    { label: 'These words', hits: byWords },
    { label: 'This meaning', hits: byMeaning.filter((hit) => !seen.has(keyOf(hit))) },
  ];
}

function keyOf({ videoId, segment }: SearchHit): string {
  return `${videoId} ${segment}`;
}

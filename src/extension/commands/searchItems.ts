import type { SearchHit } from '../../protocol/library.ts';
import { formatTime } from '../platform/formatTime.ts';
import { withoutIcons } from '../platform/withoutIcons.ts';

/** A hit as a line of the quick pick. */
export interface HitItem {
  readonly label: string;
  readonly detail: string;
  /** The search has decided already: VS Code's own filter would hide hits by meaning. */
  readonly alwaysShow: true;
  readonly hit: SearchHit;
}

/**
 * Both kinds of hits, those by their words first; what was found by its words is not shown again by its meaning.
 * VS Code draws no separators while there is text in the box, so each line says how it was found.
 */
export function hitItems(
  byWords: readonly SearchHit[],
  byMeaning: readonly SearchHit[],
): HitItem[] {
  const seen = new Set(byWords.map(keyOf));
  return [
    ...byWords.map((hit) => hitItem(hit, '')),
    ...byMeaning
      .filter((hit) => !seen.has(keyOf(hit)))
      .map((hit) => hitItem(hit, 'similar meaning')),
  ];
}

function hitItem(hit: SearchHit, how: string): HitItem {
  const where = [hit.title, hit.speaker, formatTime(hit.start), how];
  return {
    label: withoutIcons(hit.snippet),
    detail: withoutIcons(where.filter((part) => part !== '').join(' · ')),
    alwaysShow: true,
    hit,
  };
}

function keyOf({ videoId, segment }: SearchHit): string {
  return `${videoId} ${segment}`;
}

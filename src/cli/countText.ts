import { formatNumber } from '../profiler/report/formatNumber.ts';

/**
 * A number of things: `1 span`, `12 spans`, `1 commit to choose from`.
 *
 * @param plural where it is not the singular with an s: `12 others are`.
 */
export function countText(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

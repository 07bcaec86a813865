import { basename } from 'node:path';
import { parseYoutubeUrl } from '../media/youtubeUrl.ts';

/**
 * A source as a recorded run may name it: runs are exported and shared, so an address is without the query that may hold
 * a key (a YouTube address is public), and a file without its folders.
 */
export function shareableSource(source: string): string {
  const url = URL.canParse(source) ? new URL(source) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return basename(source);
  }
  return parseYoutubeUrl(url) === null ? url.origin + url.pathname : url.href;
}

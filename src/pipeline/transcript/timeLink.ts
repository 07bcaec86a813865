import { parseYoutubeUrl } from '../media/youtubeUrl.ts';

/** A link that opens the source at a second; null for what is not on the web: the editor links local files itself. */
export function timeLink(source: string, seconds: number): string | null {
  const url = URL.canParse(source) ? new URL(source) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const videoId = parseYoutubeUrl(url)?.videoId;
  if (videoId !== undefined) return `https://www.youtube.com/watch?v=${videoId}&t=${whole}s`;
  url.hash = `t=${whole}`;
  return linkTarget(url.href);
}

/** A URL as the target of a Markdown link, where brackets and spaces would end it. */
export function linkTarget(href: string): string {
  return href.replace(/[()<>\s\\]/g, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

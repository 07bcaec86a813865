/** What is wrong with a URL to ingest, in words for the input box; undefined where nothing is. */
export function urlProblem(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return 'Paste the URL of a video or of a media file.';
  if (/\s/.test(trimmed)) return 'A URL has no spaces.';
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (!url) return 'This is not a URL. It should look like https://www.youtube.com/watch?v=…';
  if (url.protocol === 'file:') return 'For a file, run “Earshot: Ingest Media File…”.';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `Only http and https can be ingested, not ${url.protocol}`;
  }
  return undefined;
}

/** The clipboard's text where it is a URL to suggest. */
export function suggestedUrl(clipboard: string): string | undefined {
  const trimmed = clipboard.trim();
  return trimmed.length < 2000 && urlProblem(trimmed) === undefined ? trimmed : undefined;
}

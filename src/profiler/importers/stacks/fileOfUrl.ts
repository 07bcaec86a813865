/** The file of a script's address: the path of a `file:` URL, anything else as it is. */
export function fileOfUrl(url: string): string {
  if (!url.startsWith('file://')) return url;
  try {
    const path = decodeURIComponent(new URL(url).pathname);
    return /^\/[A-Za-z]:/u.test(path) ? path.slice(1) : path;
  } catch {
    return url;
  }
}

import { EarshotError } from '../earshotError.ts';
import type { PlaylistEntry, ResolvedPlaylist } from './resolvedMedia.ts';
import { parseMediaUrl } from './sourceKind.ts';
import type { YtDlpEntry, YtDlpListing } from './ytDlpOutput.ts';

/**
 * The entries of a listing as addresses, each checked like a typed one; those refused are kept with
 * the reason, so that nothing disappears unseen. The same address twice is one entry.
 */
export function playlistOf(
  listing: YtDlpListing,
  entries: readonly (YtDlpEntry | null)[],
  address: URL,
): ResolvedPlaylist {
  const accepted = new Map<string, PlaylistEntry>();
  const rejected: { title: string | null; reason: string }[] = [];
  for (const entry of entries) {
    const title = entry?.title ?? null;
    // Embedded media have no page of their own: `url` is missing and only `formats` are there.
    const target = entry?.url ?? mediaPage(entry, address);
    if (target === null) {
      rejected.push({ title, reason: 'yt-dlp gave no address for this entry.' });
      continue;
    }
    try {
      const { url } = parseMediaUrl(target);
      if (accepted.has(url.href)) continue;
      accepted.set(url.href, {
        url,
        id: entry?.id ?? null,
        title,
        durationSeconds: entry?.duration ?? null,
      });
    } catch (error) {
      if (!(error instanceof EarshotError)) throw error;
      rejected.push({ title, reason: error.message });
    }
  }
  return {
    kind: 'playlist',
    id: listing.id ?? address.href,
    extractor: (listing.extractor_key ?? listing.extractor ?? 'generic').toLowerCase(),
    title: listing.title ?? listing.id ?? address.href,
    entries: [...accepted.values()],
    rejected,
  };
}

/** The page of an entry, unless it is the list itself, which would be resolved in a circle. */
function mediaPage(entry: YtDlpEntry | null, list: URL): string | null {
  const ownFormat = entry?.formats?.find((format) => format.url != null)?.url;
  if (ownFormat != null) return ownFormat;
  const page = entry?.webpage_url ?? entry?.original_url ?? null;
  return page === list.href ? null : page;
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { plainText } from './plainText.ts';
import type { MediaChapter, MediaMetadata } from './resolvedMedia.ts';

/** Extractors for any page whatever: their ids ("page-1") are those of many pages. */
const UNSPECIFIC_EXTRACTORS = new Set(['generic', 'html5mediaembed']);

const text = z.string().nullish().catch(null);
/** Text that is shown: anything a site could hide in it for a terminal is taken out. */
const shown = z
  .string()
  .transform((value) => plainText(value) || null)
  .nullish()
  .catch(null);
const amount = z.number().nonnegative().nullish().catch(null);

const chapterSchema = z.object({ title: shown, start_time: amount, end_time: amount });

const entrySchema = z.object({
  _type: text,
  id: text,
  url: text,
  webpage_url: text,
  original_url: text,
  formats: z
    .array(z.object({ url: text }))
    .nullish()
    .catch(null),
  title: shown,
  duration: amount,
});

const listingSchema = entrySchema.extend({
  extractor: text,
  extractor_key: text,
  uploader: shown,
  channel: shown,
  upload_date: text,
  language: shown,
  is_live: z.boolean().nullish().catch(null),
  live_status: text,
  chapters: z.array(chapterSchema).nullish().catch(null),
  entries: z.array(entrySchema.nullable()).nullish().catch(null),
});

/** The fields Earshot keeps of yt-dlp's information document; all others are ignored. */
export type YtDlpListing = z.infer<typeof listingSchema>;
export type YtDlpEntry = z.infer<typeof entrySchema>;

/** Reads the document of `--dump-single-json`; null where yt-dlp printed none (`null` on failure). */
export function parseListing(output: string): YtDlpListing | null {
  try {
    return listingSchema.parse(JSON.parse(output));
  } catch {
    return null;
  }
}

/** What a listing says about one video, in Earshot's terms. */
export function metadataOf(listing: YtDlpListing, address: URL): MediaMetadata {
  const extractor = (listing.extractor_key ?? listing.extractor ?? 'generic').toLowerCase();
  const named = UNSPECIFIC_EXTRACTORS.has(extractor) ? null : listing.id;
  return {
    id: named ?? createHash('sha256').update(address.href).digest('hex'),
    extractor,
    title: listing.title ?? listing.id ?? address.href,
    uploader: listing.uploader ?? null,
    channel: listing.channel ?? null,
    durationSeconds: listing.duration ?? null,
    uploadDate: dateOf(listing.upload_date),
    webpageUrl: listing.webpage_url ?? address.href,
    language: listing.language ?? null,
    chapters: chaptersOf(listing),
    isLive: isLiveOrUpcoming(listing),
  };
}

/** Whether there is nothing complete to download yet. */
export function isLiveOrUpcoming(listing: YtDlpListing): boolean {
  return (
    listing.is_live === true ||
    listing.live_status === 'is_live' ||
    listing.live_status === 'is_upcoming'
  );
}

const progressSchema = z.object({
  status: text,
  downloaded_bytes: amount,
  total_bytes: amount,
  total_bytes_estimate: amount,
  speed: amount,
  eta: amount,
});

/** One line of the progress template. */
export type YtDlpProgress = {
  readonly finished: boolean;
  readonly doneBytes: number | null;
  readonly totalBytes: number | null;
  readonly bytesPerSecond: number | null;
  readonly etaSeconds: number | null;
};

/** Reads the JSON after the progress mark; null for a line that is not whole. */
export function parseProgress(json: string): YtDlpProgress | null {
  const parsed = progressSchema.safeParse(parseJson(json));
  if (!parsed.success) return null;
  const { data } = parsed;
  const total = data.total_bytes ?? data.total_bytes_estimate ?? null;
  const finished = data.status === 'finished';
  return {
    finished,
    doneBytes: data.downloaded_bytes ?? (finished ? total : null),
    totalBytes: total === null ? null : Math.round(total),
    bytesPerSecond: data.speed ?? null,
    etaSeconds: data.eta ?? null,
  };
}

/** Reads the JSON string after the file mark. */
export function parseFileLine(json: string): string | null {
  const value = parseJson(json);
  return typeof value === 'string' ? value : null;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function dateOf(compact: string | null | undefined): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(compact ?? '') ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}

function chaptersOf(listing: YtDlpListing): MediaChapter[] {
  return (listing.chapters ?? []).flatMap((chapter, index, all) => {
    const startSeconds = chapter.start_time;
    const endSeconds = chapter.end_time ?? all[index + 1]?.start_time ?? listing.duration;
    if (startSeconds == null || endSeconds == null || endSeconds <= startSeconds) return [];
    return [{ title: chapter.title ?? `Chapter ${index + 1}`, startSeconds, endSeconds }];
  });
}

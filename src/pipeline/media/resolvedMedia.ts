import type { YoutubeReference } from './youtubeUrl.ts';

export type MediaChapter = {
  readonly title: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
};

/** What is known of a source before it is downloaded; null or empty where the source does not say. */
export type MediaMetadata = {
  /** Stable within the extractor: a video id, a file's sha256, or an address's hash. */
  readonly id: string;
  /** `file`, `http`, or yt-dlp's name of the site ("youtube"). */
  readonly extractor: string;
  readonly title: string;
  readonly uploader: string | null;
  readonly channel: string | null;
  readonly durationSeconds: number | null;
  /** `YYYY-MM-DD` */
  readonly uploadDate: string | null;
  readonly webpageUrl: string | null;
  /** BCP 47 or whatever the site calls it. */
  readonly language: string | null;
  readonly chapters: readonly MediaChapter[];
  readonly isLive: boolean;
};

/** How the bytes are obtained. */
export type MediaOrigin =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly bytes: number;
      readonly modifiedMilliseconds: number;
      readonly sha256: string;
    }
  | {
      readonly kind: 'http';
      readonly url: URL;
      readonly bytes: number | null;
      readonly extension: string;
    }
  | {
      readonly kind: 'ytdlp';
      readonly url: URL;
      readonly youtube: YoutubeReference | null;
      /** The listing as yt-dlp printed it, so that the download need not ask the site again. */
      readonly infoJson: string;
    };

export type ResolvedMedia = {
  readonly kind: 'media';
  readonly metadata: MediaMetadata;
  readonly origin: MediaOrigin;
};

/** One entry of a playlist, to be resolved by itself so that one failure never stops the rest. */
export type PlaylistEntry = {
  readonly url: URL;
  readonly id: string | null;
  readonly title: string | null;
  readonly durationSeconds: number | null;
};

export type ResolvedPlaylist = {
  readonly kind: 'playlist';
  readonly id: string;
  readonly extractor: string;
  readonly title: string;
  readonly entries: readonly PlaylistEntry[];
  /** Entries left out, with the reason: their address was refused. */
  readonly rejected: readonly { readonly title: string | null; readonly reason: string }[];
};

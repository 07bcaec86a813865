import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Conversation, EarshotOptions } from '../earshot.ts';
import { EarshotError } from '../earshotError.ts';
import { homeLayout } from '../home.ts';
import { managedYtDlp } from '../media/managedYtDlp.ts';
import type { ResolvedMedia, ResolvedPlaylist } from '../media/resolvedMedia.ts';
import { resolveMedia } from '../media/resolve.ts';
import { canonicalUrl, type Source } from '../media/sourceKind.ts';
import { findFfmpeg, findInstalledYtDlp, findJsRuntime } from '../media/tools.ts';
import type { YtDlp } from '../media/ytDlpRun.ts';

/** An installed yt-dlp is taken when it is not older than this; sites change, and older ones fail on them. */
export const OLDEST_YT_DLP = '2026.06.01';

/** What a person named, as the library names it. */
export function libraryName(source: Source): { id: string; canonical: string; title: string } {
  const canonical = source.kind === 'file' ? source.path : canonicalUrl(source);
  return {
    id: createHash('sha256').update(canonical).digest('hex').slice(0, 12),
    canonical,
    title: source.kind === 'file' ? basename(source.path) : canonical,
  };
}

/** A source that is known to be there, or an address that has not been asked yet. */
export interface PreparedSource {
  /** What makes two ingests of it the same: a file's content, an address's text. */
  readonly identity: string;
  /** What it holds. @throws `source.playlist`, `ytdlp.*`, `download.*` */
  readonly resolve: () => Promise<ResolvedMedia>;
}

/** Finds the programs that bring media to this machine, each when it is first needed. */
export class MediaTools {
  readonly #options: EarshotOptions;
  #ffmpeg: Promise<string> | undefined;

  constructor(options: EarshotOptions) {
    this.#options = options;
  }

  /** Path of ffmpeg. @throws `media.ffmpeg-missing` */
  ffmpeg(): Promise<string> {
    this.#ffmpeg ??= findFfmpeg({ setting: this.#options.ffmpegPath }).then((tool) => tool.path);
    // A failure is not kept: the person may install it meanwhile.
    this.#ffmpeg.catch(() => {
      this.#ffmpeg = undefined;
    });
    return this.#ffmpeg;
  }

  /** yt-dlp: the setting, a recent one on PATH, else the managed copy, after consent. */
  async ytDlp(talk: Conversation): Promise<YtDlp> {
    const { ytDlpPath, allowManagedYtDlp, home } = this.#options;
    const found = await findInstalledYtDlp(OLDEST_YT_DLP, { setting: ytDlpPath });
    const tool =
      found ??
      (await managedYtDlp({
        home,
        signal: talk.signal,
        consent: async (what) => allowManagedYtDlp === true || (await talk.consent(what)),
      }));
    return { tool, jsRuntime: await findJsRuntime(), ffmpegPath: await this.ffmpeg() };
  }

  /** What a source holds. @throws `source.*`, `ytdlp.*`, `download.*` */
  resolve(
    source: Source,
    playlist: boolean,
    talk: Conversation,
  ): Promise<ResolvedMedia | ResolvedPlaylist> {
    return resolveMedia(source, {
      playlist,
      signal: talk.signal,
      getYtDlp: () => this.ytDlp(talk),
    });
  }

  /**
   * Looks at a source as far as that is free: a file is checked and hashed, an address only named. What it holds is
   * asked for when it has to be downloaded.
   *
   * @throws `source.*` where a file cannot be read
   */
  async prepare(source: Source, talk: Conversation): Promise<PreparedSource> {
    if (source.kind === 'url') {
      return { identity: canonicalUrl(source), resolve: () => this.#resolveOne(source, talk) };
    }
    const resolved = await this.#resolveOne(source, talk);
    const { origin } = resolved;
    return {
      identity: origin.kind === 'file' ? origin.sha256 : source.path,
      resolve: () => Promise.resolve(resolved),
    };
  }

  async #resolveOne(source: Source, talk: Conversation): Promise<ResolvedMedia> {
    const resolved = await this.resolve(source, false, talk);
    if (resolved.kind === 'media') return resolved;
    throw new EarshotError(
      'source.playlist',
      `“${resolved.title}” is a playlist with ${resolved.entries.length} entries.`,
      'Add --playlist to ingest each entry, or give the address of one of them.',
    );
  }

  get downloads(): string {
    return homeLayout(this.#options.home).downloads;
  }
}

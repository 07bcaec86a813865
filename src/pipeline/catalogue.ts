import { IngestEvent, type IngestResult } from '../protocol/ingest.ts';
import type { VideoSummary } from '../protocol/library.ts';
import type { Library } from '../store/library.ts';
import type { RunRow } from '../store/runs.ts';
import type { VideoRow } from '../store/videos.ts';
import { EarshotError } from './earshotError.ts';

/** What a library holds, by whatever a person calls it. */
export class Catalogue {
  readonly #library: Library;

  constructor(library: Library) {
    this.#library = library;
  }

  /**
   * All videos. One that says it is being ingested while no process works on it was interrupted; with a transcript from
   * before it is ready all the same.
   */
  list(): VideoSummary[] {
    const live = this.#library.claims.live();
    return this.#library.videos
      .summaries()
      .map((video) =>
        video.state === 'ingesting' && !live.has(video.id)
          ? { ...video, state: video.speakers === null ? 'interrupted' : 'ready' }
          : video,
      );
  }

  /** What a video has published. @throws `library.not-found`, `library.not-published`, `store.damaged` */
  result(id: string): IngestResult {
    const video = this.video(id);
    const stored = this.#library.publications.result(video.id);
    if (stored === undefined) {
      throw new EarshotError(
        'library.not-published',
        `“${video.title}” has no transcript yet${video.errorMessage ? `: ${video.errorMessage}` : '.'}`,
        'Ingest it again; it goes on where it stopped.',
      );
    }
    const result = parseResult(stored);
    if (result) return result;
    throw new EarshotError(
      'store.damaged',
      'The stored result of this video is damaged.',
      'Run `earshot rerun` for it with `--only publish`.',
    );
  }

  /** A video by its id or the beginning of it. */
  video(id: string): VideoRow {
    const matches = id === '' ? [] : this.#library.videos.byPrefix(id);
    const [video] = matches;
    if (video && matches.length === 1) return video;
    throw new EarshotError(
      'library.not-found',
      matches.length > 1
        ? `“${id}” is the beginning of ${matches.length} ids.`
        : `There is no video with the id “${id}” in the library.`,
      matches.length > 1 ? 'Give more of the id.' : '`earshot list` shows all ids.',
    );
  }

  /** The run with this id, or the last one of a video. @throws `library.not-found`, `library.no-run` */
  run(videoOrRunId: string): RunRow {
    const run = this.#library.runs.get(videoOrRunId);
    if (run) return run;
    const video = this.video(videoOrRunId);
    const last = this.#library.runs.last(video.id);
    if (last) return last;
    throw new EarshotError(
      'library.no-run',
      `No run of “${video.title}” has been recorded yet.`,
      'Ingest it; every ingest is recorded.',
    );
  }
}

/** A stored result; null where it is none. */
function parseResult(stored: string): IngestResult | null {
  try {
    const parsed = IngestEvent.safeParse(JSON.parse(stored));
    return parsed.success && parsed.data.type === 'result' ? parsed.data : null;
  } catch {
    return null;
  }
}

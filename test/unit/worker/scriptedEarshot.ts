import type { Conversation, Earshot } from '../../../src/pipeline/earshot.ts';
import { CancelledError, EarshotError } from '../../../src/pipeline/earshotError.ts';
import type { IngestEvent, IngestResult } from '../../../src/protocol/ingest.ts';
import type { VideoSummary } from '../../../src/protocol/library.ts';
import { STAGE_IDS } from '../../../src/protocol/stage.ts';

export function result(id: string, cached = false): IngestResult {
  return {
    type: 'result',
    id,
    runId: `run-${id}`,
    transcript: {
      title: `Title of ${id}`,
      source: `/media/${id}.mp3`,
      segments: [
        {
          start: 0,
          end: 2.5,
          speaker: 'Speaker 1',
          text: 'Good morning.',
          confidence: 0.93,
          embedding: 'own',
        },
        {
          start: 3,
          end: 5,
          speaker: 'Speaker 2',
          text: 'Hard to hear.',
          confidence: 0.3,
          embedding: 'borrowed',
          flags: ['low-confidence'],
        },
      ],
      speakers: [
        { name: 'Speaker 1', speechSeconds: 2.5, segments: 1 },
        { name: 'Speaker 2', speechSeconds: 2, segments: 1 },
      ],
      language: 'en',
      languageWarning: null,
      durationSeconds: 5,
      chapters: [],
    },
    ledger: {
      audio: { unit: 's', total: 5, buckets: [] },
      embeddings: { unit: 'segments', total: 2, buckets: [] },
    },
    stages: [],
    wallSeconds: 0.1,
    realTimeFactor: 0.02,
    cached,
  };
}

export function video(id: string): VideoSummary {
  return {
    id,
    title: `Title of ${id}`,
    source: `/media/${id}.mp3`,
    state: 'ready',
    stage: null,
    durationSeconds: 5,
    speakers: 2,
    coverage: 0.5,
    language: 'en',
    errorMessage: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    lastRunId: `run-${id}`,
  };
}

/** An Earshot without media or models: sources name what happens (`fail`, `slow…`, anything else succeeds). */
export class ScriptedEarshot implements Earshot {
  readonly videos = new Map<string, VideoSummary>();
  readonly started: string[] = [];
  closed = false;

  async ingest({ source }: { source: string }, talk: Conversation): Promise<IngestResult[]> {
    this.started.push(source);
    const emit = (event: IngestEvent): void => talk.onEvent(event);
    emit({ type: 'started', id: source, runId: `run-${source}`, source, title: source });
    if (source === 'fail') {
      throw new EarshotError('media.no-audio', 'There is no audio.', 'Choose another file.');
    }
    if (source === 'ask' && !(await talk.consent('Install yt-dlp?'))) {
      throw new EarshotError('ytdlp.missing', 'yt-dlp is missing.', 'Allow the managed copy.');
    }
    for (const stage of STAGE_IDS) {
      if (talk.signal.aborted) throw new CancelledError();
      emit({ type: 'stage', id: source, stage, state: 'running' });
      if (source.startsWith('slow')) await this.#pause(talk.signal);
    }
    this.videos.set(source, video(source));
    return [result(source)];
  }

  rerun({ id }: { id: string }): Promise<IngestResult> {
    return Promise.resolve(result(id));
  }
  list(): VideoSummary[] {
    return [...this.videos.values()];
  }
  show(id: string): IngestResult {
    if (this.videos.has(id)) return result(id);
    throw new EarshotError('library.not-found', `There is no video ${id}.`, 'Refresh the list.');
  }
  search() {
    return Promise.resolve([]);
  }
  remove(id: string): Promise<VideoSummary> {
    const removed = this.videos.get(id);
    if (!removed) throw new EarshotError('library.not-found', `There is no video ${id}.`, '');
    this.videos.delete(id);
    return Promise.resolve(removed);
  }
  models() {
    return Promise.resolve([]);
  }
  getModel(): Promise<never> {
    return Promise.reject(new EarshotError('model.unknown', 'No such model.', 'List them.'));
  }
  doctor() {
    return Promise.resolve([
      { name: 'ffmpeg', status: 'ok' as const, detail: 'version 7', action: null },
    ]);
  }
  targets() {
    return [];
  }
  runReport(id: string) {
    return { runId: id, title: 'Report', markdown: '# Report\n', findings: [] };
  }
  *exportRun() {
    yield 'first ';
    yield new Uint8Array([111, 107]);
  }
  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  #pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 20);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

import { rm } from 'node:fs/promises';
import { decodeRun } from '../profiler/model/runCodec.ts';
import { otlpJsonChunks } from '../profiler/export/otlpJson.ts';
import { chromeTraceChunks } from '../profiler/export/chromeTrace.ts';
import { DEFAULT_TARGETS, TARGET_NAMES } from '../profiler/report/targets.ts';
import type { FindingSummary } from '../protocol/finding.ts';
import type { IngestRequest, IngestResult, RerunRequest } from '../protocol/ingest.ts';
import type {
  DoctorCheck,
  ModelInfo,
  RunFormat,
  RunReport,
  SearchHit,
  TargetInfo,
  VideoSummary,
} from '../protocol/library.ts';
import type { StageId } from '../protocol/stage.ts';
import { type Library, openLibraryAt } from '../store/library.ts';
import { searchMeaning, searchWords } from '../store/search.ts';
import { Catalogue } from './catalogue.ts';
import { type LoadedConfig, loadConfig } from './config/loadConfig.ts';
import { mergeTargets } from './config/mergeTargets.ts';
import type { Conversation, Earshot, EarshotOptions } from './earshot.ts';
import { CancelledError, EarshotError } from './earshotError.ts';
import { homeLayout } from './home.ts';
import { examine } from './doctor.ts';
import { InferencePools } from './inference/inferencePools.ts';
import { physicalCores } from './inference/physicalCores.ts';
import { asEarshotError } from './ingestion/asEarshotError.ts';
import { ingestVideo } from './ingestion/ingestVideo.ts';
import { ingestPlaylist } from './ingestion/ingestPlaylist.ts';
import { stagesFrom } from './ingestion/stagesFrom.ts';
import type { VideoRequest } from './ingestion/videoWork.ts';
import { readMetadata } from './ingestion/videoMetadata.ts';
import { libraryName, MediaTools, type PreparedSource } from './ingestion/sources.ts';
import { isOwnDownload } from './media/download.ts';
import { parseSource, type Source } from './media/sourceKind.ts';
import { DEFAULT_RECOGNITION } from './models/inferenceModels.ts';
import { fetchModel } from './models/fetchModel.ts';
import { modelInfos } from './models/modelInfos.ts';
import { ModelShelf } from './models/modelShelf.ts';
import { runReport } from './runReport.ts';
import { PRIORITY } from './stages/priorities.ts';

/**
 * Opens a library with everything that works on it.
 *
 * @throws EarshotError `store.*` where the library cannot be opened
 */
export function createEarshot(options: EarshotOptions): Promise<Earshot> {
  return Promise.resolve().then(() => new LocalEarshot(options));
}

/** sqlite-vec answers a question for more with an error. */
const MOST_NEIGHBOURS = 4096;

class LocalEarshot implements Earshot {
  readonly #options: EarshotOptions;
  readonly #layout: ReturnType<typeof homeLayout>;
  readonly #library: Library;
  readonly #catalogue: Catalogue;
  readonly #tools: MediaTools;
  readonly #shelf: ModelShelf;
  readonly #inference: InferencePools;

  constructor(options: EarshotOptions) {
    this.#options = options;
    this.#layout = homeLayout(options.home);
    // Before the library, which would stay open where the models are missing.
    this.#shelf = new ModelShelf(options.home);
    try {
      this.#library = openLibraryAt(this.#layout.library);
    } catch (error) {
      throw asEarshotError(error, this.#layout.library);
    }
    this.#catalogue = new Catalogue(this.#library);
    this.#tools = new MediaTools(options);
    const processes = options.inferenceProcesses ?? physicalCores();
    this.#inference = new InferencePools(this.#shelf, Math.max(1, processes));
  }

  async ingest(request: IngestRequest, talk: Conversation): Promise<IngestResult[]> {
    const source = parseSource(request.source);
    const asked = request.yes === true ? { ...talk, consent: () => Promise.resolve(true) } : talk;
    if (request.playlist !== true) return [await this.#ingestOne(source, request, asked)];
    const resolved = await this.#tools.resolve(source, true, asked);
    if (resolved.kind === 'media') return [await this.#ingestOne(source, request, asked)];
    return await ingestPlaylist(resolved, asked, (entry) =>
      this.#ingestOne(parseSource(entry.url.href), request, asked),
    );
  }

  async rerun(request: RerunRequest, talk: Conversation): Promise<IngestResult> {
    const video = this.#catalogue.video(request.id);
    const known = readMetadata(video.metadata);
    const repeat: StageId[] = request.only
      ? [request.only]
      : request.from
        ? stagesFrom(request.from)
        : [];
    return await this.#run(
      {
        videoId: video.id,
        source: video.source,
        title: video.title,
        repeat: [...repeat, 'publish'],
        speakers: request.speakers ?? known.speakers ?? null,
        // Speakers told apart anew must not be transcribed anew with another model.
        recognition:
          known.recognition !== undefined && !repeat.includes('recognise')
            ? known.recognition
            : this.#recognition(known.recognition ?? null),
        trustMedia: !repeat.includes('download'),
      },
      () => this.#tools.prepare(parseSource(video.source), talk),
      talk,
    );
  }

  list(): VideoSummary[] {
    return this.#catalogue.list();
  }

  show(id: string): IngestResult {
    return this.#catalogue.result(id);
  }

  async search(
    text: string,
    { semantic, limit }: { semantic: boolean; limit: number },
  ): Promise<SearchHit[]> {
    if (!semantic) return searchWords(this.#library.database, text, limit);
    if (text.trim() === '') return [];
    const { pool } = await this.#inference.get(this.#recognition(null));
    const { result } = await pool.run(
      { type: 'embed', texts: [text] },
      PRIORITY.search,
      new AbortController().signal,
    );
    return searchMeaning(
      this.#library.database,
      result[0] as Float32Array,
      Math.min(limit, MOST_NEIGHBOURS),
    );
  }

  async remove(id: string): Promise<VideoSummary> {
    const video = this.#catalogue.video(id);
    const holder = this.#library.claims.take(video.id);
    if (holder) {
      throw new EarshotError(
        'library.busy',
        `“${video.title}” is being ingested by process ${holder.processId}.`,
        'Cancel the ingest first, then remove it.',
      );
    }
    try {
      const summary = this.list().find((each) => each.id === video.id);
      const media = readMetadata(video.metadata).path;
      this.#library.videos.remove(video.id);
      await rm(this.#layout.pcm(video.id), { force: true });
      if (media !== undefined && isOwnDownload(media, this.#layout.downloads)) {
        await rm(media, { force: true });
      }
      return summary as VideoSummary;
    } finally {
      this.#library.claims.release(video.id);
    }
  }

  models(): Promise<ModelInfo[]> {
    return modelInfos(this.#shelf);
  }

  async getModel(name: string, talk: Conversation): Promise<ModelInfo> {
    const model = this.#shelf.find(name);
    if (model.kind === 'optional') {
      await fetchModel(model, {
        home: this.#options.home,
        signal: talk.signal,
        onProgress: (bytes, ofBytes) => {
          talk.onEvent({
            type: 'notice',
            id: null,
            level: 'info',
            code: 'model.download',
            message: `${name}: ${(bytes / 1e6).toFixed(1)} of ${(ofBytes / 1e6).toFixed(1)} MB`,
          });
        },
      });
    } else await this.#shelf.verify(name);
    const infos = await this.models();
    return infos.find((info) => info.name === name) as ModelInfo;
  }

  doctor(): Promise<DoctorCheck[]> {
    return examine(this.#options, this.#shelf);
  }

  targets(): TargetInfo[] {
    return mergeTargets(DEFAULT_TARGETS, this.#config(), this.#options.targets);
  }

  runReport(videoOrRunId: string): RunReport {
    return runReport(this.#catalogue.run(videoOrRunId), this.targets(), this.#config());
  }

  exportRun(videoOrRunId: string, format: RunFormat): Iterable<string | Uint8Array> {
    const row = this.#catalogue.run(videoOrRunId);
    switch (format) {
      case 'run':
        return [row.run];
      case 'otlp':
        return otlpJsonChunks(decodeRun(row.run));
      case 'chrome':
        return chromeTraceChunks(decodeRun(row.run));
      case 'md':
        return [this.runReport(videoOrRunId).markdown];
    }
  }

  async close(): Promise<void> {
    await this.#inference.close();
    this.#library.close();
  }

  async #ingestOne(
    source: Source,
    request: IngestRequest,
    talk: Conversation,
  ): Promise<IngestResult> {
    const { id, canonical, title } = libraryName(source);
    const known = this.#library.videos.get(id);
    // What a person said of the speakers holds until they say otherwise or have everything done anew.
    const said = request.force === true ? {} : readMetadata(known?.metadata);
    return await this.#run(
      {
        videoId: id,
        source: canonical,
        title: known?.title ?? title,
        repeat: request.force === true ? stagesFrom('download') : [],
        speakers: request.speakers ?? said.speakers ?? null,
        recognition: this.#recognition(said.recognition ?? null),
        trustMedia: false,
      },
      () => this.#tools.prepare(source, talk),
      talk,
    );
  }

  /** The recognition model that was asked for, else that of the video, else the one that travels along. */
  #recognition(ofVideo: string | null): string {
    const asked = this.#options.recognitionModel ?? this.#config()?.config.recognitionModel;
    return asked ?? ofVideo ?? DEFAULT_RECOGNITION;
  }

  async #run(
    request: VideoRequest,
    source: () => Promise<PreparedSource>,
    talk: Conversation,
  ): Promise<IngestResult> {
    try {
      // Before anything is begun: a file that is not there is no video.
      const prepared = request.trustMedia ? null : await source();
      const { pool, models } = await this.#inference.get(request.recognition);
      const ingested = await ingestVideo(request, {
        library: this.#library,
        pool,
        onEvent: talk.onEvent,
        signal: talk.signal,
        settings: {
          models: models.hashes,
          pcmPath: this.#layout.pcm,
          keepPcm: this.#options.keepPcm ?? false,
          ffmpegPath: () => this.#tools.ffmpeg(),
          source: prepared === null ? source : () => Promise.resolve(prepared),
          download: {
            directory: this.#tools.downloads,
            getYtDlp: () => this.#tools.ytDlp(talk),
          },
        },
      });
      const result = { ...ingested, findings: this.#findingsOf(ingested) };
      talk.onEvent(result);
      return result;
    } catch (thrown) {
      const error = asEarshotError(thrown, this.#library.path);
      const { videoId: id, source: name } = request;
      if (error instanceof CancelledError) talk.onEvent({ type: 'cancelled', id, source: name });
      else {
        const { code, message, action } = error;
        const video = this.#library.videos.get(id);
        const runId = video?.lastRunId ?? null;
        talk.onEvent({
          type: 'failed',
          id: video?.id ?? null,
          runId,
          source: name,
          error: { code, message, action },
        });
      }
      throw error;
    }
  }

  /** What is wrong with the run of an ingest. A transcript that is done is given also where that cannot be told. */
  #findingsOf({ cached, runId }: IngestResult): FindingSummary[] {
    if (cached) return [];
    try {
      return this.runReport(runId).findings;
    } catch {
      return [];
    }
  }

  #config(): LoadedConfig | null {
    const { workspace } = this.#options;
    return workspace === undefined ? null : loadConfig(workspace, TARGET_NAMES);
  }
}

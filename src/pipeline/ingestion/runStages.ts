import { ATTRIBUTE } from '../../profiler/model/attributeNames.ts';
import { here } from '../../profiler/recorder/codeLocation.ts';
import type { IngestResult } from '../../protocol/ingest.ts';
import { STAGE_IDS, type StageId, type StageState } from '../../protocol/stage.ts';
import { AudioFeed } from '../audio/audioFeed.ts';
import { EarshotError } from '../earshotError.ts';
import type { DownloadOptions } from '../media/download.ts';
import { decodeMedia, discardPcm, PcmArtefact, storedPcm } from '../stages/decodeStage.ts';
import {
  downloadSource,
  isPresent,
  type MediaArtefact,
  storedMedia,
} from '../stages/downloadStage.ts';
import { publishContent } from '../stages/publishStage.ts';
import type { PreparedSource } from './sources.ts';
import { processAudio, type SpokenContent } from './processAudio.ts';
import { downloadKey, type KeyInputs, stageKeys } from './stageKeys.ts';
import { stagesFrom } from './stagesFrom.ts';
import { runRow } from './runRow.ts';
import { StageRun } from './stageRun.ts';
import { stageSummaries } from './stageSummaries.ts';
import { ledgersOf, publishedLedgers, transcriptOf } from './transcriptOf.ts';
import { writeMetadata } from './videoMetadata.ts';
import type { VideoRequest, VideoWork } from './videoWork.ts';
import { warmUp } from './warmUp.ts';

/** What the stages use that is the same for all videos of a library. */
export interface IngestSettings {
  readonly models: KeyInputs['models'];
  readonly pcmPath: (videoId: string) => string;
  readonly keepPcm: boolean;
  readonly ffmpegPath: () => Promise<string>;
  /** Looks at the source; called only where the media has to be known anew. */
  readonly source: () => Promise<PreparedSource>;
  readonly download: DownloadOptions;
}

type Keys = ReturnType<typeof stageKeys>;

/** Stages whose units hold everything that is taken from the audio. */
const AUDIO_STAGES = ['segment', 'voice', 'recognise'] as const;

/** Runs all stages of a video that are not done under their keys, and publishes. */
export async function runStages(
  work: VideoWork,
  request: VideoRequest,
  settings: IngestSettings,
): Promise<IngestResult> {
  const startedMs = Date.now();
  const states = new Map<StageId, StageState>();
  const media = await obtainMedia(work, request, settings, states);
  work.library.videos.update(
    work.videoId,
    { title: media.title, metadata: writeMetadata(media, request) },
    new Date().toISOString(),
  );
  const { models } = settings;
  const keys = stageKeys({ media: media.sha256, models, speakers: request.speakers });
  const before = new Map(
    STAGE_IDS.map((stage) => [stage, work.library.stages.get(work.videoId, stage)]),
  );
  const isDone = (stage: Exclude<StageId, 'download'>) => {
    const row = before.get(stage);
    return row?.done === true && row.key === keys[stage];
  };
  for (const stage of STAGE_IDS) {
    if (stage !== 'download' && stage !== 'decode') {
      states.set(stage, isDone(stage) ? 'cached' : 'done');
    }
  }
  const old = isDone('publish') ? work.library.publications.result(work.videoId) : undefined;
  if (
    old !== undefined &&
    STAGE_IDS.every((s) => s === 'download' || s === 'decode' || isDone(s))
  ) {
    // Where a run was killed right after it had published, its audio is still there.
    if (!settings.keepPcm) await discardPcm(settings.pcmPath(work.videoId));
    return keepCached(work, old, states);
  }
  for (const [stage, state] of states) {
    if (state === 'cached') work.progress.state(stage, 'cached');
  }
  work.progress.found();
  const needsAudio = !AUDIO_STAGES.every(isDone);
  if (needsAudio && mustDecode(work, settings, keys) && !isPresent(media)) {
    work.library.stages.forget(work.videoId, ['download']);
    return await runStages(work, request, settings);
  }
  const content = await takeContent(work, request, settings, keys, media, needsAudio, states);
  const result = publish(work, request, keys, media, content, states, startedMs);
  if (!settings.keepPcm) await discardPcm(settings.pcmPath(work.videoId));
  return result;
}

/** Whether the decoded audio has to be made before it can be read. */
function mustDecode(work: VideoWork, settings: IngestSettings, keys: Keys): boolean {
  const row = work.library.stages.get(work.videoId, 'decode');
  if (!row?.done || row.key !== keys.decode || row.artefact === null) return true;
  return storedPcm(row.artefact, settings.pcmPath(work.videoId)) === null;
}

/** The media of an earlier run, which need not be there any more where nothing reads it; else it is downloaded. */
async function obtainMedia(
  work: VideoWork,
  request: VideoRequest,
  settings: IngestSettings,
  states: Map<StageId, StageState>,
): Promise<MediaArtefact> {
  const row = work.library.stages.get(work.videoId, 'download');
  const source = request.trustMedia && row?.done ? null : await settings.source();
  const key = source === null ? (row?.key ?? '') : downloadKey(source.identity);
  const stage = new StageRun(work, 'download', key, here('downloadSource'));
  try {
    if (stage.cached || source === null) {
      states.set('download', 'cached');
      stage.finish();
      return storedMedia(stage);
    }
    states.set('download', 'done');
    stage.begin();
    const media = await downloadSource(work, stage, await source.resolve(), settings.download);
    stage.finish(JSON.stringify(media));
    return media;
  } catch (error) {
    stage.fail(error);
    throw error;
  }
}

/** Decodes where something still has to be read from the audio, beside the stages that read it. */
async function takeContent(
  work: VideoWork,
  request: VideoRequest,
  settings: IngestSettings,
  keys: Keys,
  media: MediaArtefact,
  needsAudio: boolean,
  states: Map<StageId, StageState>,
): Promise<SpokenContent> {
  const path = settings.pcmPath(work.videoId);
  const decode = new StageRun(work, 'decode', keys.decode, here('decodeMedia'));
  if (!needsAudio && decode.cached) {
    states.set('decode', 'cached');
    work.progress.state('decode', 'cached');
    const { samples } = PcmArtefact.parse(JSON.parse(decode.artefact));
    return await processAudio(work, keys, AudioFeed.of(path, samples), request.speakers);
  }
  void warmUp(work.pool, work.recorder, work.signal);
  const pcm = decode.cached ? storedPcm(decode.artefact, path) : null;
  if (pcm) {
    states.set('decode', 'cached');
    decode.finish();
    return await processAudio(work, keys, AudioFeed.of(path, pcm.samples), request.speakers);
  }
  states.set('decode', 'done');
  if (decode.cached) return await decodeAnew(work, decode, keys, media, settings, path, request);
  return await decodeBeside(work, decode, keys, media, settings, path, request);
}

/**
 * Decodes again what was decoded before and has been deleted since. Nothing is read before it is whole: another ffmpeg may
 * give other samples, and then what was taken from the old ones does not hold any more.
 */
async function decodeAnew(
  work: VideoWork,
  before: StageRun,
  keys: Keys,
  media: MediaArtefact,
  settings: IngestSettings,
  path: string,
  request: VideoRequest,
): Promise<SpokenContent> {
  const old = PcmArtefact.parse(JSON.parse(before.artefact));
  work.library.stages.forget(work.videoId, ['decode']);
  const stage = new StageRun(work, 'decode', keys.decode, here('decodeMedia'));
  const feed = new AudioFeed(path);
  const pcm = await decodeInto(work, stage, feed, media, settings);
  if (pcm.sha256 !== old.sha256) {
    work.recorder.log('warn', 'The audio decoded differently this time: all of it is done anew.');
    work.library.stages.forget(work.videoId, stagesFrom('segment'));
  }
  return await processAudio(work, keys, feed, request.speakers);
}

/** Decodes the media into a feed as one stage, from its beginning to its end. */
async function decodeInto(
  work: VideoWork,
  stage: StageRun,
  feed: AudioFeed,
  media: MediaArtefact,
  settings: IngestSettings,
): Promise<PcmArtefact> {
  try {
    stage.begin();
    const ffmpegPath = await settings.ffmpegPath();
    const pcm = await decodeMedia(work, stage, feed, media.path, ffmpegPath);
    stage.finish(JSON.stringify(pcm));
    return pcm;
  } catch (error) {
    stage.fail(error);
    throw error;
  }
}

/** Decodes while the stages that read the audio already follow. */
async function decodeBeside(
  work: VideoWork,
  stage: StageRun,
  keys: Keys,
  media: MediaArtefact,
  settings: IngestSettings,
  path: string,
  request: VideoRequest,
): Promise<SpokenContent> {
  const feed = new AudioFeed(path);
  const abandon = new AbortController();
  const decoding = (async () => {
    try {
      const signal = AbortSignal.any([work.signal, abandon.signal]);
      await decodeInto({ ...work, signal }, stage, feed, media, settings);
    } catch (error) {
      feed.fail(error);
      throw error;
    }
  })();
  decoding.catch(() => undefined);
  try {
    const content = await processAudio(work, keys, feed, request.speakers);
    await decoding;
    return content;
  } catch (error) {
    abandon.abort();
    // What the decoder says names the cause; the readers only saw that it had stopped.
    await decoding.catch((cause: unknown) => {
      if (!(cause instanceof EarshotError && cause.code === 'cancelled')) throw cause;
    });
    throw error;
  }
}

function publish(
  work: VideoWork,
  request: VideoRequest,
  keys: Keys,
  media: MediaArtefact,
  content: SpokenContent,
  states: Map<StageId, StageState>,
  startedMs: number,
): IngestResult {
  const { recorder } = work;
  const stage = new StageRun(work, 'publish', keys.publish, here('publishContent'));
  states.set('publish', 'done');
  try {
    const ledgers = ledgersOf(content);
    recorder.ledger(ledgers.audio);
    recorder.ledger(ledgers.embeddings);
    recorder.root.setAttributes({ [ATTRIBUTE.audioSeconds]: content.audioSeconds });
    recorder.environment({ inputHash: media.sha256, configHash: keys.publish });
    const transcript = transcriptOf(content, media, request.source);
    if (transcript.languageWarning !== null) {
      const message = transcript.languageWarning;
      work.notice({ level: 'warning', code: 'language', message });
    }
    const items = content.segments.length;
    stage.account({ unit: 'segments', itemsIn: items, itemsOut: items });
    const wallSeconds = (Date.now() - startedMs) / 1000;
    const result = (): IngestResult => ({
      type: 'result',
      id: work.videoId,
      runId: recorder.id,
      transcript,
      ledger: publishedLedgers(ledgers),
      stages: stageSummaries(recorder.snapshot(), states),
      wallSeconds,
      realTimeFactor: content.audioSeconds > 0 ? wallSeconds / content.audioSeconds : null,
      cached: false,
    });
    return publishContent(work, stage, content, transcript, result);
  } catch (error) {
    stage.fail(error);
    throw error;
  }
}

function keepCached(
  work: VideoWork,
  stored: string,
  states: ReadonlyMap<StageId, StageState>,
): IngestResult {
  const result = JSON.parse(stored) as IngestResult;
  for (const stage of STAGE_IDS) work.progress.state(stage, 'cached');
  const run = work.recorder.finish('done');
  work.library.runs.put(runRow(run, work.videoId, result.transcript.title, 'nothing-to-do'));
  work.library.videos.update(
    work.videoId,
    { state: 'ready', stage: null },
    new Date().toISOString(),
  );
  const stages = result.stages.map((stage) => ({
    ...stage,
    state: states.get(stage.stage) ?? ('cached' as const),
  }));
  return { ...result, stages, wallSeconds: 0, realTimeFactor: null, cached: true };
}

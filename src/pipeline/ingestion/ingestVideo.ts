import { COUNTER } from '../../profiler/model/attributeNames.ts';
import type { Run } from '../../profiler/model/run.ts';
import { here } from '../../profiler/recorder/codeLocation.ts';
import { createRunRecorder, type RunRecorder } from '../../profiler/recorder/runRecorder.ts';
import type { IngestEvent, IngestResult } from '../../protocol/ingest.ts';
import type { Library } from '../../store/library.ts';
import { CancelledError, EarshotError } from '../earshotError.ts';
import type { InferencePool } from '../inference/inferencePool.ts';
import { asEarshotError } from './asEarshotError.ts';
import { ProgressBoard } from './progressBoard.ts';
import { runEnvironment } from './runEnvironment.ts';
import { runRow } from './runRow.ts';
import { type IngestSettings, runStages } from './runStages.ts';
import { shareableSource } from './shareableSource.ts';
import { treeMemory } from './treeMemory.ts';
import type { VideoRequest, VideoWork } from './videoWork.ts';

const MEMORY_MILLISECONDS = 500;
/** Well within the time after which a claim that is not renewed is void. */
const CLAIM_MILLISECONDS = 20_000;

/** What an ingest needs beside the request. */
export interface IngestTools {
  readonly library: Library;
  readonly pool: InferencePool;
  readonly settings: IngestSettings;
  readonly onEvent: (event: IngestEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * Ingests one video under a claim, so that no two processes work on it, and records the run.
 *
 * @throws EarshotError with what a person can do; CancelledError. What was finished stays, and is not done again.
 */
export async function ingestVideo(
  request: VideoRequest,
  tools: IngestTools,
): Promise<IngestResult> {
  const { library, signal, onEvent } = tools;
  const { videoId, source } = request;
  const now = () => new Date().toISOString();
  const holder = library.claims.take(videoId);
  if (holder) {
    throw new EarshotError(
      'library.busy',
      `“${request.title}” is being ingested already, by process ${holder.processId} on ${holder.host}.`,
      'Wait until it is done, or cancel it there.',
    );
  }
  const recorder = createRunRecorder({
    name: request.title === source ? shareableSource(source) : request.title,
    kind: 'ingest',
    environment: runEnvironment(tools.pool.size),
    code: here('ingestVideo'),
    attributes: { 'earshot.video': videoId, 'earshot.source': shareableSource(source) },
  });
  const progress = new ProgressBoard(videoId, onEvent);
  const abandon = new AbortController();
  const work: VideoWork = {
    videoId,
    library,
    pool: tools.pool,
    recorder,
    progress,
    signal: AbortSignal.any([signal, abandon.signal]),
    notice: (notice) => {
      onEvent({ type: 'notice', id: videoId, ...notice });
    },
  };
  const sampler = setInterval(() => {
    sampleMemory(recorder);
  }, MEMORY_MILLISECONDS).unref();
  const renewal = setInterval(() => {
    library.claims.renew(videoId);
  }, CLAIM_MILLISECONDS).unref();
  sampleMemory(recorder);
  try {
    // Under the claim: another process may want to insert the same video in this instant.
    if (!library.videos.get(videoId)) library.videos.insert(videoId, source, request.title, now());
    onEvent({ type: 'started', id: videoId, runId: recorder.id, source, title: request.title });
    library.stages.forget(videoId, request.repeat);
    library.videos.update(
      videoId,
      { state: 'ingesting', errorCode: null, errorMessage: null },
      now(),
    );
    return await runStages(work, request, tools.settings);
  } catch (thrown) {
    // Other chunks are still at work: nothing of them may be written once the claim is given back.
    abandon.abort();
    const error = asEarshotError(thrown, library.path);
    keepFailure(work, error, request, now());
    throw error;
  } finally {
    clearInterval(sampler);
    clearInterval(renewal);
    library.claims.release(videoId);
    await recorder.shutdown();
  }
}

/** Writes down how a run ended badly; a video that was published before stays readable. */
function keepFailure(
  work: VideoWork,
  error: EarshotError,
  request: VideoRequest,
  now: string,
): void {
  const { library, recorder, videoId } = work;
  const cancelled = error instanceof CancelledError;
  try {
    const run = endedBadly(recorder, cancelled ? 'cancelled' : 'failed', error);
    const published = library.publications.result(videoId) !== undefined;
    library.runs.put(runRow(run, videoId, request.title));
    library.videos.update(
      videoId,
      {
        state: published ? 'ready' : cancelled ? 'cancelled' : 'failed',
        errorCode: error.code,
        errorMessage: cancelled ? null : error.message,
        lastRunId: recorder.id,
      },
      now,
    );
  } catch {
    // The library itself may be what failed (a full disk): the first error is the one to tell.
  }
}

/** The run with its end; a publication whose transaction then failed had finished it already. */
function endedBadly(
  recorder: RunRecorder,
  status: 'failed' | 'cancelled',
  error: EarshotError,
): Run {
  const run = recorder.snapshot();
  if (run.status === 'running') return recorder.finish(status, error);
  return { ...run, status, error: error.message };
}

function sampleMemory(recorder: RunRecorder): void {
  const bytes = treeMemory();
  if (bytes !== null) recorder.counter(COUNTER.treeMemory, 'By', bytes);
}

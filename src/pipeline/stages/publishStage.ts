import type { IngestResult } from '../../protocol/ingest.ts';
import type { Transcript } from '../../protocol/transcript.ts';
import type { SpokenContent } from '../ingestion/processAudio.ts';
import { runRow } from '../ingestion/runRow.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import { speakerName } from '../ingestion/transcriptOf.ts';
import type { VideoWork } from '../ingestion/videoWork.ts';

/**
 * Publishes a transcript: segments, words, meanings, voices, speakers, result and run in one transaction. Before it the
 * old transcript is complete, after it the new one; there is no moment in between.
 *
 * @param result made when the stage's span has ended, so that it holds the stage's own time
 */
export function publishContent(
  work: VideoWork,
  stage: StageRun,
  content: SpokenContent,
  transcript: Transcript,
  result: () => IngestResult,
): IngestResult {
  const { library, recorder, videoId } = work;
  stage.begin();
  let published: IngestResult | undefined;
  const finish = (): string => {
    published = result();
    return JSON.stringify(published);
  };
  library.publications.publish(
    {
      videoId,
      runId: recorder.id,
      result: finish,
      segments: transcript.segments.map((segment, i) => ({
        start: segment.start,
        end: segment.end,
        speaker: segment.speaker,
        text: segment.text,
        voice: content.segments[i]?.voice ?? null,
        meaning: content.meanings[i] as Float32Array,
      })),
      speakers: content.centroids.map((centroid, i) => ({ name: speakerName(i), centroid })),
    },
    () => {
      stage.finish();
      const run = recorder.finish('done');
      library.runs.put(runRow(run, videoId, transcript.title));
      library.videos.update(
        videoId,
        {
          state: 'ready',
          stage: null,
          lastRunId: recorder.id,
          durationSeconds: transcript.durationSeconds,
          language: transcript.language,
        },
        new Date().toISOString(),
      );
    },
  );
  return published as IngestResult;
}

import type { RunRecorder } from '../../profiler/recorder/runRecorder.ts';
import type { IngestEvent, SpeakerCount } from '../../protocol/ingest.ts';
import type { StageId } from '../../protocol/stage.ts';
import type { Library } from '../../store/library.ts';
import type { InferencePool } from '../inference/inferencePool.ts';
import type { ProgressBoard } from './progressBoard.ts';

/** One video to ingest. */
export interface VideoRequest {
  readonly videoId: string;
  /** Canonical source. */
  readonly source: string;
  readonly title: string;
  /** Stages to forget first, so that they are done again. */
  readonly repeat: readonly StageId[];
  readonly speakers: SpeakerCount | null;
  /** Name of the recognition model. */
  readonly recognition: string;
  /** Take the media that was ingested before for what the source holds, without looking at the source again. */
  readonly trustMedia: boolean;
}

/** What every stage of one video's ingest works with. */
export interface VideoWork {
  readonly videoId: string;
  readonly library: Library;
  readonly pool: InferencePool;
  readonly recorder: RunRecorder;
  readonly progress: ProgressBoard;
  readonly signal: AbortSignal;
  readonly notice: (notice: Omit<Extract<IngestEvent, { type: 'notice' }>, 'type' | 'id'>) => void;
}

import type { RunRecorder } from '../../profiler/recorder/runRecorder.ts';
import type { IngestEvent } from '../../protocol/ingest.ts';
import type { Library } from '../../store/library.ts';
import type { InferencePool } from '../inference/inferencePool.ts';
import type { ProgressBoard } from './progressBoard.ts';

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

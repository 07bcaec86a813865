import type { SpeakerCount } from '../../protocol/ingest.ts';
import type { Samples } from '../audio/samples.ts';
import type { Speakers, VoicePiece } from '../diarisation/speakers.ts';

/** Values of a voice embedding. */
export const VOICE_DIMENSIONS = 256;
/** Values of a text embedding. */
export const TEXT_DIMENSIONS = 384;

/** Class probabilities of consecutive windows. */
export interface SegmentTask {
  readonly type: 'segment';
  readonly pcm: string;
  readonly firstWindow: number;
  readonly windows: number;
}

/** Texts of clips, as one batch. */
export interface RecogniseTask {
  readonly type: 'recognise';
  readonly pcm: string;
  readonly clips: readonly { readonly start: Samples; readonly end: Samples }[];
}

/** A stretch of audio through the trunk once, and the vectors pooled from it. */
export interface VoiceStretch {
  readonly start: Samples;
  readonly samples: Samples;
  /** Steps (of 80 ms after `start`) that make each vector. */
  readonly masks: readonly Uint16Array[];
}

export interface VoiceTask {
  readonly type: 'voice';
  readonly pcm: string;
  readonly stretches: readonly VoiceStretch[];
}

export interface EmbedTask {
  readonly type: 'embed';
  readonly texts: readonly string[];
}

/** Finding the voices among pieces: no model, but too long for a thread that answers requests. */
export interface ClusterTask {
  readonly type: 'cluster';
  readonly pieces: readonly VoicePiece[];
  readonly count: SpeakerCount | null;
}

/** Loading all models before there is work, while the first audio is still being decoded. */
export interface WarmTask {
  readonly type: 'warm';
}

/** Work for an inference process: one unit of a stage. */
export type InferenceTask =
  SegmentTask | RecogniseTask | VoiceTask | EmbedTask | ClusterTask | WarmTask;

export interface RecognisedClip {
  readonly text: string;
  readonly tokens: number;
  /** Geometric mean of the probabilities of the chosen tokens, 0..1. */
  readonly confidence: number;
  /** The cap on tokens ended it. */
  readonly capped: boolean;
}

export interface InferenceResults {
  /** Bytes [windows, 589, 7]. */
  readonly segment: Uint8Array;
  readonly recognise: readonly RecognisedClip[];
  /** One vector of 256 float32 a mask, unit length, all stretches after one another. */
  readonly voice: readonly Float32Array[];
  /** One vector of 384 float32 a text, unit length. */
  readonly embed: readonly Float32Array[];
  readonly cluster: Speakers;
  readonly warm: null;
}

/** A model that was loaded for a task. */
export interface ModelLoad {
  readonly model: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** What a task took in its process, without the loading of models. */
export interface TaskTiming {
  /** Wall clock, nanoseconds since 1970. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly cpuSeconds: number;
  readonly loads: readonly ModelLoad[];
}

export type ToInference = { readonly id: number; readonly task: InferenceTask };

export type FromInference =
  | { readonly type: 'ready' }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly result: InferenceResults[InferenceTask['type']];
      readonly timing: TaskTiming;
    }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly code: string;
      readonly message: string;
      readonly action: string;
    };

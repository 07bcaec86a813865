import { createHash } from 'node:crypto';
import type { SpeakerCount } from '../../protocol/ingest.ts';
import type { StageId } from '../../protocol/stage.ts';

/**
 * Raised by one whenever a stage's code changes what it makes from the same input, so that stored results of the older
 * code are made again.
 */
const VERSIONS: Readonly<Record<StageId, number>> = {
  download: 1,
  decode: 1,
  segment: 1,
  voice: 1,
  recognise: 1,
  diarise: 1,
  embed: 1,
  publish: 1,
};

export interface KeyInputs {
  /** sha256 of the media's bytes. */
  readonly media: string;
  /** sha256 of the model files of each task. */
  readonly models: Readonly<Record<'segmentation' | 'voice' | 'recognition' | 'text', string>>;
  readonly speakers: SpeakerCount | null;
}

/** Key of the download stage, which is known before its result. */
export function downloadKey(source: string): string {
  return hash('download', VERSIONS.download, source);
}

/**
 * Keys of the other stages. A key is the hash of the stage's version, its parameters and models, and the keys of what it
 * reads; equal keys mean equal results.
 */
export function stageKeys(inputs: KeyInputs): Record<Exclude<StageId, 'download'>, string> {
  const decode = hash('decode', VERSIONS.decode, inputs.media);
  const segment = hash('segment', VERSIONS.segment, inputs.models.segmentation, decode);
  const voice = hash('voice', VERSIONS.voice, inputs.models.voice, segment);
  const recognise = hash('recognise', VERSIONS.recognise, inputs.models.recognition, voice);
  const diarise = hash('diarise', VERSIONS.diarise, JSON.stringify(inputs.speakers), voice);
  const embed = hash('embed', VERSIONS.embed, inputs.models.text, recognise);
  const publish = hash('publish', VERSIONS.publish, recognise, diarise, embed);
  return { decode, segment, voice, recognise, diarise, embed, publish };
}

function hash(...parts: (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

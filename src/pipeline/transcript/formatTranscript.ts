import type { IngestResult } from '../../protocol/ingest.ts';
import type { TranscriptFormat } from '../../protocol/library.ts';
import { toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import { toRttm } from './rttm.ts';
import { toSrt } from './srt.ts';
import { toText } from './text.ts';
import { toVtt } from './vtt.ts';

const FORMATTERS: Readonly<Record<TranscriptFormat, (result: IngestResult) => string>> = {
  md: toMarkdown,
  txt: ({ transcript }) => toText(transcript),
  srt: ({ transcript }) => toSrt(transcript),
  vtt: ({ transcript }) => toVtt(transcript),
  json: ({ transcript }) => toJson(transcript),
  rttm: ({ transcript, id }) => toRttm(transcript, id),
};

/** A published transcript in one of the formats of `show --format`. */
export function formatTranscript(result: IngestResult, format: TranscriptFormat): string {
  return FORMATTERS[format](result);
}

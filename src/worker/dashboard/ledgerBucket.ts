import type { z } from 'zod';
import { EarshotError } from '../../pipeline/earshotError.ts';
import { factsOf } from '../../profiler/diagnosis/facts/facts.ts';
import { LEDGER } from '../../profiler/model/attributeNames.ts';
import type { Run } from '../../profiler/model/run.ts';
import { spanName } from '../../profiler/model/run.ts';
import { NS_PER_SECOND } from '../../profiler/model/units.ts';
import { formatSeconds } from '../../profiler/report/formatNumber.ts';
import type { RunAnalysis } from '../../profiler/report/runAnalysis.ts';
import { IngestEvent, type IngestResult } from '../../protocol/ingest.ts';
import type { GetLedgerBucket } from '../../protocol/runMessages.ts';
import type { Library } from '../../store/library.ts';
import { type BucketItem, segmentItems } from './segmentItems.ts';

export type LedgerBucketAnswer = z.input<typeof GetLedgerBucket.result>;

const MOST_ITEMS = 500;
/** Characters of a text in a list. */
const MOST_CHARACTERS = 2000;

/**
 * What is in a bucket of a run's ledger: segments of the transcript of its video, or the spans that told of it.
 *
 * @throws EarshotError `dashboard.no-bucket`
 */
export function ledgerBucket(
  library: Library,
  { run, ledgers }: RunAnalysis,
  videoId: string | null,
  asked: { readonly ledger: string; readonly bucket: number },
): LedgerBucketAnswer {
  const ledger = ledgers.find(({ name }) => name === asked.ledger);
  const bucket = ledger?.buckets[asked.bucket];
  if (ledger === undefined || bucket === undefined) {
    throw new EarshotError(
      'dashboard.no-bucket',
      `The run has no such bucket of the ledger “${asked.ledger}”.`,
      'Choose the run again.',
    );
  }
  if (videoId !== null && (ledger.name === LEDGER.audio || ledger.name === LEDGER.voiceEmbedding)) {
    const published = publishedResult(library, videoId);
    if (published === null) {
      return { items: [], all: 0, note: 'The video has no published transcript.' };
    }
    const items = segmentItems(published, ledger.name, bucket.name);
    const note =
      published.runId === run.id
        ? items.note
        : 'These are the segments of the transcript as a later run published it; its amounts may differ.';
    return answer(items.items, note);
  }
  const spans = spansOf(run, ledger.name);
  const note =
    spans.length === 0
      ? 'The run tells of these amounts in its log lines or as sums only: no span names single items.'
      : 'The spans that tell of this ledger; the run does not name single items.';
  return answer(spans, note);
}

function answer(items: readonly BucketItem[], note: string | null): LedgerBucketAnswer {
  const shown = items.slice(0, MOST_ITEMS);
  return {
    items: shown.map((item) => ({ ...item, text: item.text.slice(0, MOST_CHARACTERS) })),
    all: items.length,
    note,
  };
}

/** The published result of a video; null where there is none, or none that this version reads. */
function publishedResult(library: Library, videoId: string): IngestResult | null {
  const json = library.publications.result(videoId);
  if (json === undefined) return null;
  const parsed = IngestEvent.safeParse(JSON.parse(json));
  return parsed.success && parsed.data.type === 'result' ? parsed.data : null;
}

/** Spans that tell of items in and out under the label of a ledger, and those that the label names. */
function spansOf(run: Run, ledger: string): BucketItem[] {
  const label = ledger.replace(/ \(\d+\)$/u, '');
  const statements = factsOf(run).coverage.filter((each) => each.label === label);
  const told = statements.flatMap(({ spans, evidence }) => [
    ...spans,
    ...evidence.flatMap(({ span }) => span ?? []),
  ]);
  const spans = [...new Set(told)].sort((a, b) => a - b);
  return spans.map((span) => {
    const seconds = (run.spans.durationNs[span] ?? 0) / NS_PER_SECOND;
    const start = (run.spans.startNs[span] ?? 0) / NS_PER_SECOND;
    const text = `${spanName(run, span)} · at ${formatSeconds(start)} · ${formatSeconds(seconds)}`;
    return { text, amount: seconds, segment: null, videoId: null, span };
  });
}

import { collect } from '../collect.ts';
import type { Seconds } from '../../model/units.ts';
import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { lineEvidence, sampleOf, spanEvidence } from '../evidence.ts';
import { type BatchSeries, batchSeriesOf } from '../facts/batches.ts';
import type { Facts } from '../facts/facts.ts';
import { median } from '../facts/spanTimes.ts';
import type { Evidence, Finding, FindingKind } from '../finding.ts';
import type { Rule } from '../rule.ts';

const LEAST_BATCHES = 8;
/** Times the throughput that another size must reach, seen in the same run. */
const BETTER = 1.5;
/** Share of a batch's time that does not depend on its size, from which on the size is too small. */
const FIXED_SHARE = 0.5;
const LEAST_SHARE_OF_RUN = 0.05;

/** Batches that are too small: most of their time is the same however few they hold, and larger ones do more a second. */
export const batchTooSmall: Rule = (facts) =>
  batchSeriesOf(facts).flatMap((series) => judged(facts, series, 'batch-too-small'));

/** Batches that are too large: smaller ones of the same run do more a second. */
export const batchTooLarge: Rule = (facts) =>
  batchSeriesOf(facts).flatMap((series) => judged(facts, series, 'batch-too-large'));

interface Size {
  readonly size: number;
  readonly seconds: Seconds;
  readonly count: number;
}

function judged(facts: Facts, series: BatchSeries, kind: FindingKind): Finding[] {
  const sizes = sizesOf(series);
  if (series.batches.length < LEAST_BATCHES || sizes.length < 2) return [];
  const usual = sizes.reduce((a, b) => (b.count * b.seconds > a.count * a.seconds ? b : a));
  const items = series.batches.reduce((sum, { size }) => sum + size, 0);
  const better = sizes
    .filter(({ size }) => (kind === 'batch-too-small' ? size > usual.size : size < usual.size))
    .reduce<Size | null>(
      (best, each) =>
        best === null || each.size / each.seconds > best.size / best.seconds ? each : best,
      null,
    );
  const rate = usual.size / usual.seconds;
  if (
    better !== null &&
    better.size / better.seconds >= rate * BETTER &&
    (better.count > 1 || kind === 'batch-too-small')
  ) {
    const perItem = better.seconds / better.size;
    const wasted = series.batches.reduce(
      (sum, batch) => sum + Math.max(0, batch.seconds - batch.size * perItem),
      0,
    );
    return report(facts, series, kind, usual, wasted, better);
  }
  if (kind === 'batch-too-large') return [];
  const fixed = fixedSeconds(sizes);
  if (fixed === null || fixed < usual.seconds * FIXED_SHARE) return [];
  // Twice as many items for each fixed part until it is a tenth: a size that anybody would take.
  const batches = Math.max(1, Math.round(items / (usual.size * LARGER)));
  return report(facts, series, kind, usual, fixed * (series.batches.length - batches), null);
}

/** Times the size that a fix is taken to use where the run shows no better one. */
const LARGER = 8;

function sizesOf({ batches }: BatchSeries): Size[] {
  const bySize = new Map<number, Seconds[]>();
  // The first batch pays for the start.
  for (const { size, seconds } of batches.slice(1)) {
    collect(bySize, size, seconds);
  }
  return [...bySize].map(([size, seconds]) => ({
    size,
    seconds: median(seconds),
    count: seconds.length,
  }));
}

/** Time of a batch that held nothing, by the line through its sizes; null where the sizes are too alike to tell. */
function fixedSeconds(sizes: readonly Size[]): Seconds | null {
  const smallest = sizes.reduce((a, b) => (b.size < a.size ? b : a));
  const largest = sizes.reduce((a, b) => (b.size > a.size ? b : a));
  if (largest.size < smallest.size * 2) return null;
  const slope = (largest.seconds - smallest.seconds) / (largest.size - smallest.size);
  return slope < 0 ? smallest.seconds : Math.max(0, smallest.seconds - slope * smallest.size);
}

function report(
  facts: Facts,
  series: BatchSeries,
  kind: FindingKind,
  usual: Size,
  wasted: Seconds,
  better: Size | null,
): Finding[] {
  if (wasted < (facts.seconds ?? 0) * LEAST_SHARE_OF_RUN) return [];
  const small = kind === 'batch-too-small';
  const rate = usual.size / usual.seconds;
  const other =
    better === null
      ? `batches of ${formatNumber(usual.size * LARGER)} or so`
      : `${formatNumber(better.size / better.seconds)} a second in batches of ${formatNumber(better.size)}`;
  return [
    findingOf(facts, {
      kind,
      title: `Batches of ${formatNumber(usual.size)} in ${series.name} are too ${small ? 'small' : 'large'}: ${formatNumber(rate)} a second`,
      count: series.batches.length,
      wastedSeconds: wasted,
      expected: other,
      actual: `${formatNumber(rate)} a second in batches of ${formatNumber(usual.size)}, ${formatSeconds(usual.seconds)} each`,
      evidence: evidenceOf(facts, series),
      cause: small
        ? 'Most of a batch’s time does not depend on how much it holds: starting it costs more than doing it.'
        : 'Throughput falls with the size: padding, memory or the device is at its end.',
      fix: `Try ${small ? 'larger' : 'smaller'} batches (${formatNumber(better?.size ?? usual.size * LARGER)}) and keep the size with the highest throughput.`,
      confidence: better === null || better.count < 3 ? 0.65 : 0.85,
      refutedBy: 'Items of other kinds in the batches of other sizes.',
      spans: series.batches.flatMap(({ span }) => (span === null ? [] : [span])),
      texts: [series.text],
    }),
  ];
}

function evidenceOf({ run }: Facts, { batches }: BatchSeries): Evidence[] {
  return sampleOf(
    batches.map(({ span, measurement }) => {
      if (span !== null) return spanEvidence(run, span);
      return measurement === null ? { text: '' } : lineEvidence(run.log, measurement);
    }),
    6,
  );
}

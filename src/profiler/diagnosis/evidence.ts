import type { LogSummary, Measurement } from '../model/logSummary.ts';
import { type Run, spanName } from '../model/run.ts';
import type { SpanIndex } from '../model/units.ts';
import { formatSeconds } from '../report/formatNumber.ts';
import type { Evidence } from './finding.ts';
import { secondsOf, startOf } from './facts/spanTimes.ts';

/** Most pieces of evidence that a finding carries. */
export const MAX_EVIDENCE = 10;

/** A span in words: name, beginning and length. */
export function spanEvidence(run: Run, span: SpanIndex): Evidence {
  const name = spanName(run, span).slice(0, 200);
  const [at, lasts] = [formatSeconds(startOf(run, span)), formatSeconds(secondsOf(run, span))];
  return { text: `${name} · at ${at} · ${lasts}`, span };
}

/** The line of a measurement as it stood. */
export function lineEvidence(log: LogSummary | null, measurement: Measurement): Evidence {
  const file = log?.files[measurement.file];
  return {
    text: measurement.quote,
    ...(file === undefined ? {} : { file }),
    line: measurement.line,
  };
}

/** First, second and last ones of many, without repeats. */
export function sampleOf(evidence: readonly Evidence[], most = 5): Evidence[] {
  if (evidence.length <= most) return [...evidence];
  return [...evidence.slice(0, most - 1), ...evidence.slice(-1)];
}

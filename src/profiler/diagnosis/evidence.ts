import { attributeOf } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { LogSummary, Measurement } from '../model/logSummary.ts';
import { type Run, spanName } from '../model/run.ts';
import type { SpanIndex } from '../model/units.ts';
import { formatSeconds } from '../report/formatNumber.ts';
import type { Evidence } from './finding.ts';
import { secondsOf, startOf } from './facts/spanTimes.ts';

/** Most pieces of evidence that a finding carries. */
export const MAX_EVIDENCE = 10;

/** A span in words: name, beginning and length. One that was made of a log line is shown by that line. */
export function spanEvidence(run: Run, span: SpanIndex): Evidence {
  const line = run.log === null ? null : logPlaceOf(run, span);
  if (line !== null) return { ...line, span };
  const name = spanName(run, span).slice(0, 200);
  const [at, lasts] = [formatSeconds(startOf(run, span)), formatSeconds(secondsOf(run, span))];
  return { text: `${name} · at ${at} · ${lasts}`, span };
}

/** Quotes by file and line; a run is asked for many of them. */
const QUOTES = new WeakMap<LogSummary, Map<string, string>>();

function logPlaceOf(run: Run, span: SpanIndex): Evidence | null {
  const file = attributeOf(run, span, ATTRIBUTE.logFile);
  const line = attributeOf(run, span, ATTRIBUTE.logLine);
  const { log } = run;
  if (log === null || typeof file !== 'string' || typeof line !== 'number') return null;
  let quotes = QUOTES.get(log);
  if (quotes === undefined) {
    quotes = new Map(
      log.measurements.map((each) => [`${log.files[each.file] ?? ''}:${each.line}`, each.quote]),
    );
    QUOTES.set(log, quotes);
  }
  return { text: quotes.get(`${file}:${line}`) ?? spanName(run, span), file, line };
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

import { collect } from '../collect.ts';
import type { Measurement } from '../../model/logSummary.ts';
import type { Seconds, SpanIndex } from '../../model/units.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';
import type { Facts } from './facts.ts';
import { secondsOf } from './spanTimes.ts';

export interface Batch {
  readonly size: number;
  readonly seconds: Seconds;
  readonly span: SpanIndex | null;
  readonly measurement: Measurement | null;
}

/** Batches of one kind of work, in order. */
export interface BatchSeries {
  readonly name: string;
  /** Span name or template. */
  readonly text: string;
  readonly batches: readonly Batch[];
}

/** Batches whose size the run tells, by span attributes or on the lines of a log. */
export function batchSeriesOf(facts: Facts): BatchSeries[] {
  return [...(facts.callTrace ? [] : fromSpans(facts)), ...fromLog(facts)];
}

function fromSpans({ run, notes, groups }: Facts): BatchSeries[] {
  return groups.flatMap(({ name, spans }): BatchSeries[] => {
    const batchNamed = says(name.words, VOCABULARY.batch);
    const batches = spans.flatMap((span): Batch[] => {
      const size = notes.batchSize.get(span) ?? (batchNamed ? notes.items.get(span) : undefined);
      const seconds = secondsOf(run, span);
      // What a line tells is told by the line.
      if (notes.logged.has(span)) return [];
      if (size === undefined || !(size > 0) || !(seconds > 0)) return [];
      return [{ size, seconds, span, measurement: null }];
    });
    return batches.length < 2 ? [] : [{ name: name.pattern, text: name.pattern, batches }];
  });
}

/** Lines that say how many were in the batch and how long it took. */
function fromLog({ run }: Facts): BatchSeries[] {
  const { log } = run;
  if (log === null) return [];
  const byLine = new Map<string, Measurement[]>();
  for (const measurement of log.measurements) {
    if (!says(wordsOf(log.templates[measurement.template]?.text ?? ''), VOCABULARY.batch)) continue;
    const key = `${measurement.template} ${measurement.file} ${measurement.line}`;
    collect(byLine, key, measurement);
  }
  const byTemplate = new Map<number, Batch[]>();
  for (const measurements of byLine.values()) {
    const counts = measurements.filter(({ kind }) => kind === 'count');
    const times = measurements.filter(({ kind, upper }) => kind === 'duration' && upper === null);
    const [size, seconds] = [counts[0]?.value, times[0]?.value];
    const first = measurements[0];
    if (counts.length !== 1 || times.length !== 1 || !size || !seconds || first === undefined)
      continue;
    const known = byTemplate.get(first.template) ?? [];
    known.push({ size, seconds, span: null, measurement: first });
    byTemplate.set(first.template, known);
  }
  return [...byTemplate].map(([template, batches]) => {
    const text = log.templates[template]?.text ?? '';
    return { name: text, text, batches };
  });
}

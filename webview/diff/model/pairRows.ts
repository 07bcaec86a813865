import { amountText } from '../../../src/profiler/diff/amountText.ts';
import type { SourceLine } from '../../../src/protocol/chart.ts';
import { changeText, ratioText } from './changeWords.ts';
import type { Side } from './diffResult.ts';

/** What is known of one span of a pair. */
export interface PairSpan {
  readonly side: Side;
  readonly span: number;
  readonly name: string;
  /** In nanoseconds after the run's epoch, or in the unit of the weights. */
  readonly start: number;
  readonly duration: number;
  readonly self: number;
  readonly source: SourceLine | null;
}

/** A span with its partner; null where only the other run has it. */
export interface Pair {
  readonly a: PairSpan | null;
  readonly b: PairSpan | null;
}

/** A line of the comparison of a pair. */
export interface PairRow {
  readonly title: string;
  readonly a: string;
  readonly b: string;
  readonly change: string;
}

/** Durations, own parts, begin and source lines of a pair beside one another. */
export function pairRows({ a, b }: Pair, unit: string): PairRow[] {
  const weights = unit !== 'ns';
  const amounts = (title: string, of: (span: PairSpan) => number): PairRow => {
    const [before, after] = [a && of(a), b && of(b)];
    return {
      title,
      a: before === null ? '–' : amountText(before, unit),
      b: after === null ? '–' : amountText(after, unit),
      change:
        before === null || after === null
          ? ''
          : `${changeText(after - before, unit)} · ${ratioText(before, after)}`,
    };
  };
  const rows = [
    amounts(weights ? 'Total' : 'Duration', ({ duration }) => duration),
    amounts(weights ? 'Self' : 'Self time', ({ self }) => self),
  ];
  if (!weights) rows.push({ ...amounts('Starts at', ({ start }) => start), change: '' });
  if (a?.source || b?.source) {
    const [before, after] = [sourceText(a?.source), sourceText(b?.source)];
    const moved = a && b && before !== after ? 'moved' : '';
    rows.push({ title: 'Line', a: before, b: after, change: moved });
  }
  return rows;
}

/** `a.ts:12`, or a dash. */
export function sourceText(source: SourceLine | null | undefined): string {
  return source ? `${source.file}:${source.line}` : '–';
}

/** The pair in one sentence, for the tooltip and for who hears the page. */
export function pairSentence({ a, b }: Pair, unit: string): string {
  if (a !== null && b !== null) {
    const name = a.name === b.name ? b.name : `${a.name} → ${b.name}`;
    const amounts = `${amountText(a.duration, unit)} → ${amountText(b.duration, unit)}`;
    const delta = b.duration - a.duration;
    return `${name}: ${changeText(delta, unit)} (${amounts}, ${ratioText(a.duration, b.duration)})`;
  }
  const lone = a ?? b;
  if (lone === null) return '';
  return `${lone.name}: only in ${lone.side.toUpperCase()}, ${amountText(lone.duration, unit)}`;
}

import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { amountText, signedText } from '../../../profiler/diff/amountText.ts';
import { type RunDiff, diffRuns as diff } from '../../../profiler/diff/diffRuns.ts';
import {
  type LoneSpans,
  type PairChange,
  changedPairs,
  loneSpans,
} from '../../../profiler/diff/pairChanges.ts';
import type { CounterChange } from '../../../profiler/diff/counterChanges.ts';
import { NO_VALUE, formatNumber, formatShare } from '../../../profiler/report/formatNumber.ts';
import type { Run } from '../../../profiler/model/run.ts';
import { countText } from '../../countText.ts';
import { referencedRun } from '../../runReference.ts';
import type { Session } from '../../session.ts';
import { type Column, renderTable } from '../../table.ts';
import { renderWaterfall } from '../../waterfallView.ts';

export interface DiffFlags {
  readonly top: number;
}

const NS_PER_MS = 1e6;

/** `profile diff A B`: what is different between two runs, and what explains the difference of their totals. */
export async function diffRuns(
  session: Session,
  references: readonly [string, string],
  flags: DiffFlags,
): Promise<number> {
  const a = await referencedRun(session, references[0]);
  const b = await referencedRun(session, references[1]);
  const difference = diff(a, b);
  if (session.output.json) session.output.record(diffRecord(a, b, difference, flags.top));
  else printDiff(session, a, b, difference, flags.top);
  return 0;
}

/** In milliseconds, or in the unit of the weights where the runs have no time. */
function diffRecord(a: Run, b: Run, { unit, ...difference }: RunDiff, top: number): object {
  const { alignment, waterfall, counters } = difference;
  const scale = unit === 'ns' || unit === 'nanoseconds' ? NS_PER_MS : 1;
  const lone = (run: Run, spans: Uint32Array): object[] =>
    loneSpans(run, spans).map(({ amount, ...rest }) => ({ ...rest, ms: amount / scale }));
  const pair = ({ selfDelta, totalDelta, ...rest }: PairChange): object => ({
    ...rest,
    selfDeltaMs: selfDelta / scale,
    totalDeltaMs: totalDelta / scale,
  });
  const changes = changedPairs(a, b, alignment, top);
  return {
    type: 'result',
    a: a.id,
    b: b.id,
    unit: scale === 1 ? unit : 'ms',
    totalMs: [waterfall.totalA / scale, waterfall.totalB / scale],
    totalDeltaMs: (waterfall.totalB - waterfall.totalA) / scale,
    waterfall: waterfall.steps.map(({ stage, name, delta, a: inA, b: inB, countA, countB }) => ({
      stage,
      name,
      deltaMs: delta / scale,
      ms: [inA / scale, inB / scale],
      count: [countA, countB],
    })),
    explainedShare: waterfall.explainedShare,
    pairs: alignment.pairA.length,
    onlyInA: lone(a, alignment.onlyInA),
    onlyInB: lone(b, alignment.onlyInB),
    onlyInACount: alignment.onlyInA.length,
    onlyInBCount: alignment.onlyInB.length,
    slower: changes.slower.map(pair),
    faster: changes.faster.map(pair),
    counters,
  };
}

function printDiff(session: Session, a: Run, b: Run, difference: RunDiff, top: number): void {
  const { output } = session;
  const { bold } = output.palette;
  const { alignment, waterfall, counters } = difference;
  const unit = singleLine(difference.unit);
  const total = waterfall.totalB - waterfall.totalA;
  const share = waterfall.totalA === 0 ? '' : ` (${percentOf(total / waterfall.totalA)})`;
  output.result(`A ${titleOf(a)}\nB ${titleOf(b)}\n\n`);
  output.result(`${bold(`B takes ${signedText(total, unit)}${share}`)}\n`);
  output.result(renderWaterfall(waterfall, unit, top, output.columns, output.palette));
  if (waterfall.explainedShare < 1) {
    const idle = formatShare(1 - waterfall.explainedShare);
    output.result(`${idle} of the changes is time in which no span ran.\n`);
  }
  if (counters.length > 0) {
    output.result(`\n${bold('Counted differently')}\n`);
    output.result(renderTable(COUNTER_COLUMNS, counters.slice(0, top), output.columns));
  }
  const { slower, faster } = changedPairs(a, b, alignment, top);
  printPairs(session, 'Got slower', slower, unit);
  printPairs(session, 'Got faster', faster, unit);
  const { onlyInA, onlyInB, pairA } = alignment;
  printLone(session, `Only in A: ${countText(onlyInA.length, 'span')}`, a, onlyInA, unit, top);
  printLone(session, `Only in B: ${countText(onlyInB.length, 'span')}`, b, onlyInB, unit, top);
  output.result(`\n${countText(pairA.length, 'span is', 'spans are')} in both.\n`);
}

function titleOf({ name, id }: Run): string {
  return `${singleLine(name)} (${singleLine(id)})`;
}

function percentOf(share: number): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)} %`;
}

function printPairs(
  { output }: Session,
  title: string,
  pairs: readonly PairChange[],
  unit: string,
): void {
  if (pairs.length === 0) return;
  output.result(`\n${output.palette.bold(title)}\n`);
  output.result(
    renderTable<PairChange>(
      [
        { title: 'Self', cell: ({ selfDelta }) => signedText(selfDelta, unit), align: 'right' },
        { title: 'Total', cell: ({ totalDelta }) => signedText(totalDelta, unit), align: 'right' },
        { title: 'Under', cell: ({ parent }) => parent ?? '' },
        { title: 'Span', cell: ({ name }) => name, flexible: true },
      ],
      pairs,
      output.columns,
    ),
  );
}

function printLone(
  { output }: Session,
  title: string,
  run: Run,
  spans: Uint32Array,
  unit: string,
  top: number,
): void {
  if (spans.length === 0) return;
  output.result(`\n${output.palette.bold(title)}\n`);
  output.result(
    renderTable<LoneSpans>(
      [
        { title: 'Count', cell: ({ count }) => formatNumber(count), align: 'right' },
        { title: 'Total', cell: ({ amount }) => amountText(amount, unit), align: 'right' },
        { title: 'Under', cell: ({ parent }) => parent ?? '' },
        { title: 'Span', cell: ({ name }) => name, flexible: true },
      ],
      loneSpans(run, spans).slice(0, top),
      output.columns,
    ),
  );
}

const figure = (value: number | string | null): string =>
  typeof value === 'number' ? formatNumber(value) : (value ?? NO_VALUE);

const COUNTER_COLUMNS: readonly Column<CounterChange>[] = [
  { title: 'A', cell: ({ a }) => figure(a), align: 'right' },
  { title: 'B', cell: ({ b }) => figure(b), align: 'right' },
  {
    title: 'Counter',
    cell: ({ stage, counter }) => (stage === null ? counter : `${stage}: ${counter}`),
    flexible: true,
  },
];

import { collect } from '../collect.ts';
import type { Run } from '../../model/run.ts';
import { spanName } from '../../model/run.ts';
import type { SpanIndex } from '../../model/units.ts';
import { spanEvidence } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
import { VOCABULARY, meaningful } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';
import { logCoverageOf } from './logCoverage.ts';
import type { Dropped, SpanNotes } from './spanNotes.ts';
import type { StatedTarget, Statements } from './statements.ts';

/** Where a statement on items in and out comes from. */
export type CoverageOrigin = 'account' | 'ledger' | 'attributes' | 'share' | 'log';

/** How many of the items that went in came out, and what became of the others. */
export interface CoverageStatement {
  /** For people: the stage, the span's name or the words of the line. */
  readonly label: string;
  readonly words: readonly string[];
  readonly unit: string;
  readonly itemsIn: number;
  readonly itemsOut: number;
  readonly dropped: readonly Dropped[];
  /** Least share that was asked for, from 0 to 1, or null. */
  readonly target: number | null;
  readonly origin: CoverageOrigin;
  readonly evidence: readonly Evidence[];
  readonly spans: readonly SpanIndex[];
  readonly texts: readonly string[];
}

/** All statements of a run on items in and out; of the same thing said twice the more exact one. */
export function coverageStatementsOf(
  run: Run,
  notes: SpanNotes,
  statements: Statements,
): CoverageStatement[] {
  return [
    ...fromAccounts(run),
    ...fromAttributes(run, notes),
    ...fromShares(run, notes),
    ...logCoverageOf(run.log, statements),
  ].map((statement) => withStatedTarget(statement, statements.targets));
}

function fromAccounts(run: Run): CoverageStatement[] {
  return run.work
    .filter(({ itemsIn, itemsOut }) => itemsIn > 0 && itemsOut >= 0)
    .filter(({ itemsOut, dropped }) => itemsOut > 0 || Object.keys(dropped).length > 0)
    .map((account) => ({
      label: account.stage,
      words: meaningful(wordsOf(`${account.stage} ${account.unit}`)),
      unit: account.unit,
      itemsIn: account.itemsIn,
      itemsOut: account.itemsOut,
      dropped: Object.entries(account.dropped).map(([reason, count]) => ({ reason, count })),
      target: null,
      origin: 'account' as const,
      evidence: [
        {
          text: `${account.stage}: ${account.itemsIn} ${account.unit} in, ${account.itemsOut} out`,
        },
      ],
      spans: [],
      texts: [account.stage],
    }));
}

/** Spans with the same name are steps of the same stage: their items add up. */
function fromAttributes(run: Run, notes: SpanNotes): CoverageStatement[] {
  const byName = new Map<string, SpanIndex[]>();
  const wholeOf = (span: SpanIndex): number | undefined =>
    notes.itemsIn.get(span) ?? notes.items.get(span);
  for (const span of notes.itemsOut.keys()) {
    if (!((wholeOf(span) ?? 0) > 0)) continue;
    const name = spanName(run, span);
    collect(byName, name, span);
  }
  return [...byName].map(([name, spans]) => {
    const dropped = new Map<string, number>();
    for (const each of spans.flatMap((span) => notes.dropped.get(span) ?? [])) {
      dropped.set(each.reason, (dropped.get(each.reason) ?? 0) + Math.max(0, each.count));
    }
    return {
      label: name,
      words: meaningful(wordsOf(name)),
      unit: 'items',
      itemsIn: spans.reduce((total, span) => total + (wholeOf(span) ?? 0), 0),
      itemsOut: spans.reduce((total, span) => total + (notes.itemsOut.get(span) ?? 0), 0),
      dropped: withoutTotals([...dropped].map(([reason, count]) => ({ reason, count }))),
      target: shareOf(
        spans.map((span) => notes.target.get(span)).find((each) => each !== undefined),
      ),
      origin: 'attributes' as const,
      evidence: spans.slice(0, 3).map((span) => spanEvidence(run, span)),
      spans,
      texts: [name],
    };
  });
}

/** Shares that a span states without the numbers behind them. */
function fromShares(run: Run, notes: SpanNotes): CoverageStatement[] {
  return [...notes.coverage].flatMap(([span, share]): CoverageStatement[] => {
    if (notes.itemsOut.has(span) || !(share >= 0)) return [];
    const name = spanName(run, span);
    const evidence = spanEvidence(run, span);
    return [
      {
        label: name,
        words: meaningful(wordsOf(name)),
        unit: '%',
        itemsIn: 100,
        itemsOut: Math.min(100, share > 1 ? share : share * 100),
        dropped: [],
        target: shareOf(notes.target.get(span)),
        origin: 'share',
        evidence: [{ ...evidence, text: `${evidence.text} · coverage ${share}` }],
        spans: [span],
        texts: [name],
      },
    ];
  });
}

/** `dropped` beside `dropped.timeout` and `dropped.short` is their sum, not a third reason. */
function withoutTotals(dropped: readonly Dropped[]): Dropped[] {
  if (dropped.length < 2) return [...dropped];
  return dropped.filter(({ count }, i) => {
    const others = dropped.reduce((total, each, j) => total + (i === j ? 0 : each.count), 0);
    return count === 0 || Math.abs(others - count) > 1e-9 || dropped.length === 2;
  });
}

function shareOf(value: number | undefined): number | null {
  if (value === undefined || !(value > 0)) return null;
  return value > 1 && value <= 100 ? value / 100 : value;
}

/** A target that the log states for the same thing. */
function withStatedTarget(
  statement: CoverageStatement,
  targets: readonly StatedTarget[],
): CoverageStatement {
  if (statement.target !== null || statement.origin === 'log') return statement;
  const own = targets.find(
    ({ quantity, direction, words, measurement }) =>
      quantity === 'share' &&
      direction === 'at-least' &&
      (says(wordsOf(measurement.label), VOCABULARY.coverage) || words.length > 0) &&
      words.some((word) => statement.words.includes(word)),
  );
  return own === undefined ? statement : { ...statement, target: own.low };
}

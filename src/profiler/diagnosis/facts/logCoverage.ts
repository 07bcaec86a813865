import type { LogSummary, Measurement } from '../../model/logSummary.ts';
import { lineEvidence } from '../evidence.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { overlapOf, says, wordsOf } from '../words.ts';
import type { CoverageStatement } from './coverageStatements.ts';
import type { Dropped } from './spanNotes.ts';
import { unitKey } from './quantities.ts';
import type { StatedTarget, Statement, Statements } from './statements.ts';

/** Words of a ratio that says how far something has come, not how much came out. */
const PROGRESS =
  /^(?:progress|step|epoch|batch(?:es)?|chunk|page|part|shard|worker|attempt|retry|try|file|task|iteration|round|fortschritt|gpu|cpu|memory|ram|vram|disk|usage|util\w*|eta)$/u;

/** Shares of something else than of the items: how good they are, or how often a store had them. */
const QUALITY =
  /^(?:accuracy|precision|recall|confidence|quality|similarity|hits?|cache[ds]?|battery|duty|brightness|humidity|sampl\w*|compression|discount)$/u;

/** Statements on how many of the items came out: `508 of 1,494 segments`, or a share beside a target for it. */
export function logCoverageOf(log: LogSummary | null, statements: Statements): CoverageStatement[] {
  if (log === null) return [];
  return [...ratios(log, statements), ...shares(log, statements)];
}

/** The last ratio of each template is what became of it; the ones before it are progress. */
function ratios(log: LogSummary, statements: Statements): CoverageStatement[] {
  const last = new Map<string, Statement>();
  for (const statement of statements.actuals) {
    const { kind, template, label, progress } = statement.measurement;
    if (kind === 'ratio' && !progress) last.set(JSON.stringify([template, label]), statement);
  }
  return [...last.values()].flatMap((statement): CoverageStatement[] => {
    const { measurement } = statement;
    const target = targetOf(statement, statements.targets);
    if (!isCoverage(measurement) && !isHeldAgainst(statement, target)) return [];
    return [
      {
        ...base(log, statement, target),
        itemsIn: measurement.of ?? 0,
        itemsOut: measurement.value ?? 0,
        dropped: droppedFor(statement, statements.actuals),
      },
    ];
  });
}

/** A share of things for which somebody stated the least needs no word to be a coverage. */
function isHeldAgainst({ measurement }: Statement, target: StatedTarget | null): boolean {
  const words = wordsOf(measurement.label);
  return (
    target !== null && (measurement.of ?? 0) >= 2 && !says(words, PROGRESS) && !says(words, QUALITY)
  );
}

/** Shares without the numbers behind them count where somebody stated what they should be. */
function shares(log: LogSummary, statements: Statements): CoverageStatement[] {
  return statements.targets.flatMap((target): CoverageStatement[] => {
    const { actual } = target;
    if (target.quantity !== 'share' || target.direction !== 'at-least' || actual === null)
      return [];
    if (actual.measurement.kind !== 'percentage') return [];
    const words = wordsOf(`${actual.measurement.label} ${target.measurement.label}`);
    if (says(words, PROGRESS) || says(words, QUALITY)) return [];
    // The same line may give the numbers too, and these are told by `ratios`.
    const { file, line } = actual.measurement;
    const told = statements.actuals.some(
      ({ measurement: m }) => m.kind === 'ratio' && m.file === file && m.line === line,
    );
    if (told) return [];
    return [
      { ...base(log, actual, target), itemsIn: 100, itemsOut: actual.low * 100, dropped: [] },
    ];
  });
}

function isCoverage({ label, quote, of, value }: Measurement): boolean {
  const words = wordsOf(label);
  if (says(words, PROGRESS) && !says(words, VOCABULARY.coverage)) return false;
  if (of === null || value === null || of < 2) return false;
  return says(words, VOCABULARY.coverage) || says(wordsOf(quote), VOCABULARY.coverage);
}

function base(
  log: LogSummary,
  statement: Statement,
  target: StatedTarget | null,
): Omit<CoverageStatement, 'itemsIn' | 'itemsOut' | 'dropped'> {
  const { measurement } = statement;
  const evidence = [lineEvidence(log, measurement)];
  if (target !== null && target.measurement.line !== measurement.line) {
    evidence.push(lineEvidence(log, target.measurement));
  }
  const template = log.templates[measurement.template]?.text;
  return {
    label: measurement.label === '' ? 'coverage' : measurement.label,
    words: statement.words,
    unit: measurement.kind === 'ratio' ? measurement.unit : '%',
    target: target === null ? null : target.low,
    origin: 'log',
    evidence,
    spans: [],
    texts: template === undefined ? [] : [template],
  };
}

/** Difference between a ratio and the percentage that its line gives for it. */
const ROUNDED = 0.01;

/** A target for this very figure, or one on a share whose words are the same. */
function targetOf(statement: Statement, targets: readonly StatedTarget[]): StatedTarget | null {
  const { file, line } = statement.measurement;
  const fitting = targets.filter(({ quantity, direction, actual, words }) => {
    if (quantity !== 'share' || direction !== 'at-least') return false;
    // `508/1494 segments (34.0 %)` says one share twice; another share on the line has a target of its own.
    const sameLine =
      actual?.measurement.file === file &&
      actual.measurement.line === line &&
      Math.abs(actual.low - statement.low) < ROUNDED;
    return actual === statement || sameLine || overlapOf(words, statement.words) >= 0.6;
  });
  return fitting[0] ?? null;
}

/** Losses that lines near in words tell with a number: `dropped 120 segments (too short)`. */
function droppedFor(statement: Statement, actuals: readonly Statement[]): Dropped[] {
  const unit = unitKey(statement.measurement.unit);
  const found = new Map<string, Dropped>();
  for (const { measurement } of actuals) {
    const { kind, value, label, quote } = measurement;
    if (kind !== 'count' || value === null || !(value > 0)) continue;
    if (!says(wordsOf(`${label} ${measurement.unit}`), VOCABULARY.dropped)) continue;
    const sameLine =
      measurement.file === statement.measurement.file &&
      measurement.line === statement.measurement.line;
    const sameUnit = unit !== '' && unitKey(measurement.unit) === unit;
    if (!sameLine && !sameUnit) continue;
    const reason = label === '' ? quote.slice(0, 80) : label;
    found.set(reason, { reason, count: value });
  }
  return [...found.values()];
}

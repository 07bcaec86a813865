import type { Measurement } from '../../model/logSummary.ts';
import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { largest } from '../extremes.ts';
import { lineEvidence } from '../evidence.ts';
import { deviceFamily } from '../facts/devices.ts';
import type { Facts } from '../facts/facts.ts';
import { counts } from '../facts/quantities.ts';
import type { StatedTarget, Statement } from '../facts/statements.ts';
import type { Evidence, Finding } from '../finding.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';

/** How far rounding may take a rate from its items by its seconds. */
const ROUNDED = 0.06;
/** Share of the stated rate below which more than a slow machine is at work. */
const FAR_BELOW = 0.5;

/**
 * A rate far below what the log itself expects, although the work is done in batches or on an accelerator: the items go
 * through it one by one.
 */
export function slowAccelerator(facts: Facts): Finding[] {
  const { log } = facts.run;
  if (log === null) return [];
  return facts.statements.targets.flatMap((target): Finding[] => {
    const { actual } = target;
    const counted = /^rate (.*)\/s$/u.exec(target.quantity)?.[1];
    if (actual === null || counted === undefined || target.direction !== 'at-least') return [];
    if (!(actual.low > 0) || actual.low >= target.low * FAR_BELOW) return [];
    const parallel = parallelEvidence(facts, actual);
    if (parallel.length === 0) return [];
    return [finding(facts, target, actual, counted, parallel)];
  });
}

/** Lines that say that the work could go side by side: an accelerator, batches, workers. */
function parallelEvidence(facts: Facts, actual: Statement): Evidence[] {
  const { log } = facts.run;
  if (log === null) return [];
  const device = log.measurements.find(
    ({ kind, role, text }) =>
      kind === 'device' &&
      role === 'actual' &&
      text !== null &&
      !['cpu', null].includes(deviceFamily(text)),
  );
  if (device !== undefined) return [lineEvidence(log, device)];
  const batch = log.measurements.find(
    ({ kind, label, unit, value }) =>
      kind === 'count' &&
      (value ?? 0) > 1 &&
      says(wordsOf(`${label} ${unit}`), VOCABULARY.batch) &&
      says(wordsOf(label), /^(?:size|größe|taille)$/u),
  );
  if (batch !== undefined) return [lineEvidence(log, batch)];
  return says(wordsOf(actual.measurement.quote), VOCABULARY.batch)
    ? [lineEvidence(log, actual.measurement)]
    : [];
}

function finding(
  facts: Facts,
  target: StatedTarget,
  actual: Statement,
  counted: string,
  parallel: readonly Evidence[],
): Finding {
  const { run } = facts;
  const { log } = run;
  const work = workOf(facts, actual, counted);
  const wanted = (target.low + target.high) / 2;
  const wasted = work === null ? null : work.seconds - work.items / wanted;
  const range =
    target.low === target.high
      ? formatNumber(target.low)
      : `${formatNumber(target.low)} to ${formatNumber(target.high)}`;
  const { unit } = actual.measurement;
  const locks = lockLines(facts);
  const evidence = [
    lineEvidence(log, actual.measurement),
    ...parallel,
    lineEvidence(log, target.measurement),
    ...locks,
  ];
  const lines = new Set<string>();
  return findingOf(facts, {
    kind: 'serialised-batch',
    title: `${formatNumber(actual.low)} ${unit} where ${range} are expected: the batch goes through one by one`,
    count: work?.items ?? 1,
    wastedSeconds: wasted,
    ...(wasted === null ? { severity: 'error' as const } : {}),
    expected: `${range} ${unit}${work === null ? '' : `, ${formatSeconds(work.items / wanted)} for ${formatNumber(work.items)}`}`,
    actual: `${formatNumber(actual.low)} ${unit}${work === null ? '' : `, ${formatSeconds(work.seconds)} for ${formatNumber(work.items)}`}`,
    evidence: evidence.filter(({ file, line }) => {
      const key = `${file ?? ''}:${line ?? 0}`;
      return !lines.has(key) && lines.add(key);
    }),
    cause: `${formatNumber(wanted / actual.low)} times too slow for work that is done in batches or on an accelerator: ${locks.length > 0 ? 'the lines about a lock name it' : 'a lock around the batch, or items handed over one at a time'}.`,
    fix: 'Hand over whole batches, and hold no lock while one is computed.',
    confidence: locks.length > 0 ? 0.9 : 0.7,
    refutedBy: 'A profile that shows the device at full load all the time.',
    texts: [log?.templates[actual.measurement.template]?.text ?? ''],
    spans: [],
  });
}

/** Items and seconds behind a rate: on its own line, else by its unit. */
function workOf(
  { statements }: Facts,
  rate: Statement,
  counted: string,
): { items: number; seconds: number } | null {
  const near = statements.actuals.map(({ measurement }) => measurement);
  const sameLine = near.filter(
    ({ file, line }) => file === rate.measurement.file && line === rate.measurement.line,
  );
  const items = (list: typeof near) =>
    list.flatMap(({ kind, unit, value, of }) => {
      if (!counts(unit, counted)) return [];
      if (kind === 'count') return value === null ? [] : [value];
      return kind === 'ratio' && of !== null ? [of] : [];
    });
  const elsewhere = counted === '' ? [] : near;
  const stated = sameLine.find(({ kind, role }) => kind === 'duration' && role === 'actual')?.value;
  const fitting = stated == null ? undefined : fittingCount(sameLine, rate.low, stated);
  const known = [items(sameLine), items(elsewhere)].map((each) => Math.max(0, largest(each)));
  const n = fitting ?? known.find((each) => each > 0);
  return n === undefined ? null : { items: n, seconds: stated ?? n / rate.low };
}

/** The count of a line that is its rate times its seconds, whatever it counts. */
function fittingCount(
  line: readonly Measurement[],
  rate: number,
  seconds: number,
): number | undefined {
  const fits = (n: number): boolean => Math.abs(n / seconds / rate - 1) < ROUNDED;
  return (
    line.find(({ kind, value }) => kind === 'count' && value !== null && fits(value))?.value ??
    undefined
  );
}

function lockLines({ run }: Facts): Evidence[] {
  const { log } = run;
  if (log === null) return [];
  return log.templates
    .filter(({ text }) =>
      says(
        wordsOf(text),
        /^(?:lock(?:s|ed|ing)?|mutex|semaphore|sperre|contention|verrou|bloqueo)$/u,
      ),
    )
    .slice(0, 2)
    .map(({ example, file, firstLine }) => {
      const name = log.files[file];
      return { text: example, ...(name === undefined ? {} : { file: name }), line: firstLine };
    });
}

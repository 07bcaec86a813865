import { spansWithAttribute } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import { INSTANT_KIND, LOG_LEVEL } from '../model/columns.ts';
import { type Run, spanCount, stringOf } from '../model/run.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import { totalLoads, type WorkAccount } from '../model/workAccount.ts';
import { type ExactMetric, WHOLE_RUN } from './metric.ts';
import { countsSpans } from './countsSpans.ts';
import { RELOADS, statedMetrics } from './statedMetrics.ts';

/** Most names whose spans are counted; a run with more names has data in them. */
const MOST_NAMES = 2000;

/** What a run says without noise: loads, items, losses, devices, settings, failures, and how often each span occurs. */
export function exactMetrics(run: Run): ExactMetric[] {
  const metrics = new Map<string, ExactMetric>();
  const all = [
    ...loadMetrics(run),
    ...run.work.flatMap(accountMetrics),
    ...ledgerMetrics(run),
    ...failureMetrics(run),
    ...(countsSpans(run) ? spanMetrics(run) : []),
    ...statedMetrics(run),
  ];
  const counted = new Set(all.map(({ metric }) => metric));
  for (const metric of all) {
    if (
      counted.has(metric.metric.replace(RELOADS, 'loads:')) &&
      metric.metric.startsWith(RELOADS)
    ) {
      continue;
    }
    const key = JSON.stringify([metric.stage, metric.metric]);
    // Accounts are more exact than what lines and attributes say of the same.
    if (!metrics.has(key)) metrics.set(key, metric);
  }
  return [...metrics.values()];
}

function loadMetrics(run: Run): ExactMetric[] {
  const loads = new Map(totalLoads(run.work));
  const bySpans = new Map<string, number>();
  for (const [, key] of spansWithAttribute(run, ATTRIBUTE.resource)) {
    if (typeof key === 'string') bySpans.set(key, (bySpans.get(key) ?? 0) + 1);
  }
  for (const [key, count] of bySpans) loads.set(key, Math.max(count, loads.get(key) ?? 0));
  return Array.from(loads, ([key, value]) => ({
    stage: WHOLE_RUN,
    metric: `loads:${key}`,
    kind: 'loads',
    unit: 'loads',
    better: 'lower',
    value,
  }));
}

function accountMetrics(account: WorkAccount): ExactMetric[] {
  const { stage, itemsIn, itemsOut, dropped, deviceUsed, batchSize } = account;
  const unit = account.unit === '' ? 'items' : account.unit;
  const metrics: ExactMetric[] = [];
  const add = (
    metric: string,
    kind: ExactMetric['kind'],
    better: ExactMetric['better'],
    value: number | string,
    itsUnit = unit,
  ): void => {
    metrics.push({ stage, metric, kind, unit: itsUnit, better, value });
  };
  if (itemsIn > 0 || itemsOut > 0) {
    add('items-in', 'items', 'none', itemsIn);
    add('items-out', 'items', 'higher', itemsOut);
  }
  if (itemsIn > 0) add('coverage', 'coverage', 'higher', itemsOut / itemsIn, '1');
  for (const [reason, count] of Object.entries(dropped)) {
    add(`dropped:${reason}`, 'items', 'lower', count);
  }
  if (deviceUsed !== null) add('device', 'device', 'none', deviceUsed, '');
  if (batchSize !== null) add('batch-size', 'setting', 'none', batchSize);
  return metrics;
}

/** Buckets of ledgers without the stages' own words for them: a change tells what was lost. */
function ledgerMetrics(run: Run): ExactMetric[] {
  return run.ledgers.flatMap((ledger) =>
    ledger.buckets.map(({ name, reason, amount }) => ({
      stage: WHOLE_RUN,
      metric: `ledger:${ledger.name}:${name}${reason === undefined ? '' : `:${reason}`}`,
      kind: 'items' as const,
      unit: ledger.unit,
      better: 'none' as const,
      value: ledger.unit === 'seconds' ? Math.round(amount * 1000) / 1000 : amount,
    })),
  );
}

const RETRY = /\bretr(?:y|ies|ied|ying)\b/iu;
const RESENDS = ['http.request.resend_count', 'http.resend_count', 'retry.count', 'retries'];

function failureMetrics(run: Run): ExactMetric[] {
  const errors = run.spans.status.reduce((n, status) => n + +(status === SPAN_STATUS.error), 0);
  let retries = 0;
  for (const key of RESENDS) {
    for (const [, value] of spansWithAttribute(run, key)) {
      if (typeof value === 'number' && value > 0) retries += value;
    }
  }
  let logErrors = 0;
  const { textId, kind, level } = run.instants;
  for (let i = 0; i < textId.length; i += 1) {
    if (kind[i] === INSTANT_KIND.log && (level[i] ?? 0) >= LOG_LEVEL.error) logErrors += 1;
    if (RETRY.test(stringOf(run, textId[i] ?? 0).slice(0, 500))) retries += 1;
  }
  const metric = (name: string, value: number): ExactMetric => ({
    stage: WHOLE_RUN,
    metric: name,
    kind: 'failures',
    unit: '1',
    better: 'lower',
    value,
  });
  return [metric('errors', errors), metric('log-errors', logErrors), metric('retries', retries)];
}

function spanMetrics(run: Run): ExactMetric[] {
  const counts = new Map<number, number>();
  for (let span = 0; span < spanCount(run); span += 1) {
    const name = run.spans.nameId[span] ?? 0;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (counts.size > MOST_NAMES) return [];
  return Array.from(counts, ([name, value]) => ({
    stage: WHOLE_RUN,
    metric: `spans:${stringOf(run, name)}`,
    kind: 'spans',
    unit: 'spans',
    better: 'lower',
    value,
  }));
}

import type { Seconds } from '../../model/units.ts';
import { formatNumber, formatSeconds, formatShare } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { largest, smallest } from '../extremes.ts';
import { spanEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import type { SpanGroup } from '../facts/spanGroups.ts';
import { median } from '../facts/spanTimes.ts';
import { type Execution, executionsOf, waitSpansOf } from '../facts/workers.ts';
import type { Finding } from '../finding.ts';

const LEAST_ITEMS = 20;
/** Busy time over wall time up to which the workers never worked side by side. */
const SIDE_BY_SIDE = 1.15;
/** Busy time over wall time below which they mostly had nothing to do. */
const MOSTLY_IDLE = 0.5;
/** Time between an end and the next start, as a share of an item's, that counts as at once. */
const AT_ONCE = 0.05;
/** Absolute time that a hand-over between threads may take. */
const HAND_OVER: Seconds = 0.001;
/** Share of the hand-overs that must be at once. */
const MOST = 0.8;
/** Least share of the items that a worker must have done, and of the hand-overs that must change the worker. */
const LEAST_PART = 0.05;
const LEAST_SHARE_OF_RUN = 0.02;

interface Serial {
  readonly group: SpanGroup;
  readonly executions: readonly Execution[];
  readonly workers: number;
  readonly wall: Seconds;
  readonly busy: Seconds;
  readonly wasted: Seconds;
}

/** Two or more workers that never work at the same time, each beginning where another one ends. */
export function serialisedWorkers(facts: Facts): Finding[] {
  if (facts.callTrace) return [];
  return facts.groups
    .flatMap((group) => {
      if (group.spans.length < LEAST_ITEMS || group.name.wait) return [];
      const serial = serialOf(facts, group);
      if (serial === null || serial.wasted < (facts.seconds ?? 0) * LEAST_SHARE_OF_RUN) return [];
      return [finding(facts, serial)];
    })
    .filter(outermost);
}

function serialOf(facts: Facts, group: SpanGroup): Serial | null {
  const executions = executionsOf(facts, group.spans);
  const workers = workersOf(executions);
  const first = executions[0];
  if (workers < 2 || first === undefined) return null;
  const wall = largest(executions.map(({ end }) => end)) - first.start;
  const busy = executions.reduce((sum, { start, end }) => sum + (end - start), 0);
  const oneByOne =
    busy / wall <= SIDE_BY_SIDE && busy / wall >= MOSTLY_IDLE && handsOver(executions);
  if (!oneByOne && !queues(executions, workers, wall)) return null;
  const waited = executions.reduce((sum, each) => sum + each.waited, 0);
  const work = oneByOne ? busy : wall;
  return {
    group,
    executions,
    workers,
    wall,
    busy: waited > 0 ? busy : work,
    wasted: wall - work / workers,
  };
}

/** Workers that are there most of the time and did more than a stray item. */
function workersOf(executions: readonly Execution[]): number {
  const items = new Map<string, { count: number; from: Seconds; to: Seconds }>();
  for (const { worker, start, end } of executions) {
    const known = items.get(worker);
    items.set(worker, {
      count: (known?.count ?? 0) + 1,
      from: Math.min(known?.from ?? start, start),
      to: Math.max(known?.to ?? end, end),
    });
  }
  const all = [...items.values()];
  const span = largest(all.map(({ to }) => to)) - smallest(all.map(({ from }) => from));
  const lasting = all.filter(
    ({ count, from, to }) => count >= executions.length * LEAST_PART && to - from >= span / 2,
  );
  return lasting.length;
}

function handsOver(executions: readonly Execution[]): boolean {
  const usual = median(executions.map(({ start, end }) => end - start));
  const slack = Math.max(usual * AT_ONCE, Math.min(HAND_OVER, usual / 4));
  let atOnce = 0;
  let changes = 0;
  for (let i = 1; i < executions.length; i += 1) {
    const [before, after] = [executions[i - 1], executions[i]];
    if (before === undefined || after === undefined) continue;
    if (Math.abs(after.start - before.end) <= slack) atOnce += 1;
    if (after.worker !== before.worker) changes += 1;
  }
  const pairs = executions.length - 1;
  return atOnce >= pairs * MOST && changes >= pairs * LEAST_PART;
}

/**
 * Items that hold their waiting within them end one by one at even distances, each as long as all workers' items
 * together, while the very first ones, for which nobody waited yet, are shorter in steps.
 */
function queues(executions: readonly Execution[], workers: number, wall: Seconds): boolean {
  const lengths = executions.map(({ start, end }) => end - start);
  const usual = median(lengths);
  const step = usual / workers;
  const ends = executions.map(({ end }) => end).sort((a, b) => a - b);
  const distances = ends.slice(1).map((end, i) => end - (ends[i] ?? end));
  const even = distances.filter((distance) => Math.abs(distance - step) <= step * 0.35);
  if (even.length < distances.length * MOST) return false;
  if (Math.abs(wall - step * executions.length) > wall * 0.15) return false;
  return lengths
    .slice(0, workers)
    .every((length, i) => Math.abs(length - step * (i + 1)) <= step * 0.35);
}

function outermost(each: Finding, i: number, all: readonly Finding[]): boolean {
  return !all.some(
    (other, j) =>
      j < i &&
      Math.abs((other.wastedSeconds ?? 0) - (each.wastedSeconds ?? 0)) <
        (each.wastedSeconds ?? 0) * 0.1,
  );
}

function finding(facts: Facts, serial: Serial): Finding {
  const { group, executions, workers, wall, wasted } = serial;
  const { run } = facts;
  const lock = lockOf(facts, serial);
  const side = wall > 0 ? wall - wasted : 0;
  return findingOf(facts, {
    kind: 'serialised-batch',
    title: `${executions.length} × ${group.name.pattern} run one after the other, though there are ${workers} workers`,
    count: executions.length,
    wastedSeconds: wasted,
    expected: `${workers} at a time, about ${formatSeconds(side)} in all`,
    actual: `one at a time for ${formatSeconds(wall)} (busy time over wall time ${formatNumber(serial.busy / wall)})`,
    evidence: [
      ...lock.slice(0, 3).map((span) => spanEvidence(run, span)),
      ...[...executions.slice(0, 4), ...executions.slice(-1)].map(({ span }) =>
        spanEvidence(run, span),
      ),
    ],
    cause:
      lock.length === 0
        ? 'Each begins where another one ends: a lock, or a resource that only one can use, is held around the whole item.'
        : `Each waits for the one before: ${lockName(facts, lock)} is held around the whole item (${formatShare(waitedShare(facts, lock, wall, workers))} of the workers' time is waiting).`,
    fix: 'Take the lock out, or hold it only around what is shared; hand whole batches to one worker instead.',
    confidence: lock.length === 0 ? 0.85 : 0.95,
    refutedBy: 'Items of which each needs the result of the one before.',
    spans: [...lock.slice(0, 3), ...executions.map(({ span }) => span)],
    texts: [group.name.pattern],
  });
}

function lockOf(facts: Facts, { executions }: Serial): number[] {
  const [from, to] = [executions[0]?.start ?? 0, executions.at(-1)?.end ?? 0];
  return waitSpansOf(facts).filter((span) => {
    const at = (facts.run.spans.startNs[span] ?? 0) / 1e9;
    return at >= from - 1 && at <= to;
  });
}

function lockName({ run, notes }: Facts, spans: readonly number[]): string {
  const first = spans[0] ?? 0;
  return notes.wait.get(first) ?? run.strings[run.spans.nameId[first] ?? 0] ?? 'a lock';
}

function waitedShare(
  { run }: Facts,
  spans: readonly number[],
  wall: Seconds,
  workers: number,
): number {
  const waited = spans.reduce((sum, span) => sum + (run.spans.durationNs[span] ?? 0) / 1e9, 0);
  return Math.min(1, waited / (wall * workers));
}

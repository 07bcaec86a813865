import type { ChangeVerdict } from '../../protocol/runMessages.ts';
import { COMPARE_DEFAULTS } from '../../profiler/verdict/compareOptions.ts';
import type { RunSetComparison } from '../../profiler/verdict/compareRunSets.ts';
import { differenceText } from '../../profiler/verdict/compareEnvironments.ts';
import { changeText } from '../../profiler/verdict/confirmReason.ts';
import { WHOLE_RUN } from '../../profiler/verdict/metric.ts';
import { POOL_RUNS } from '../../profiler/verdict/screen.ts';
import { screenedComparison } from '../../profiler/verdict/screenedComparison.ts';
import { overallVerdict, type Verdict } from '../../profiler/verdict/verdict.ts';
import type { CancelSignal } from '../../protocol/rpcCancellation.ts';
import { keptLess } from './keptLess.ts';
import { othersTurn } from './othersTurn.ts';
import { type HistoryEntry, comparableHistories } from './historyEntry.ts';

/** What is said of a run against those before it. */
export interface RunChange {
  readonly overall: ChangeVerdict;
  readonly byStage: ReadonlyMap<string, ChangeVerdict>;
}

/** Fewer runs have no spread that a change could stand out from. */
const LEAST_TO_LEAN = 3;
/** Causes that one sentence names. */
const MOST_NAMED = 3;
/** Answers that are kept: each run has one for each pool that it was held against. */
const MOST_KEPT = 2000;

/**
 * Holds each run against the accepted ones before it, or where none was accepted against all before it: the last ten that
 * left out the same stages. Exact figures decide alone; times only hint (tier 1), as the runs are of other sessions.
 */
export class ChangeVerdicts {
  readonly #known = new Map<string, RunChange>();

  /**
   * @param entries the oldest first
   * @throws EarshotError `dashboard.cancelled`
   */
  async of(
    entries: readonly HistoryEntry[],
    signal: CancelSignal,
  ): Promise<Map<string, RunChange>> {
    const changes = new Map<string, RunChange>();
    for (const history of comparableHistories(entries)) {
      for (const [i, entry] of history.entries()) {
        const before = history.slice(0, i);
        const accepted = before.filter((each) => each.accepted);
        const pool = (accepted.length > 0 ? accepted : before).slice(-POOL_RUNS);
        if (pool.length === 0) continue;
        const basis = accepted.length > 0 ? 'accepted' : 'earlier';
        changes.set(entry.summary.id, await this.#judged(entry, pool, basis, signal));
      }
    }
    return changes;
  }

  async #judged(
    entry: HistoryEntry,
    pool: readonly HistoryEntry[],
    basis: string,
    signal: CancelSignal,
  ): Promise<RunChange> {
    const ids = [entry, ...pool].map(({ summary }) => [summary.id, summary.bytes]);
    const key = JSON.stringify([basis, ids]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    await othersTurn(signal);
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    const change = judge(entry, pool, basis);
    this.#known.set(key, change);
    return change;
  }
}

function judge(entry: HistoryEntry, pool: readonly HistoryEntry[], basis: string): RunChange {
  const comparison = screenedComparison(
    pool.map(({ digest }) => digest.facts),
    [entry.digest.facts],
  );
  const loss = keptLess(entry, pool);
  const verdicts = loss === null ? comparison.verdicts : comparison.verdicts.map(withheldBy(loss));
  const against = `${pool.length} ${basis} ${pool.length === 1 ? 'run' : 'runs'}`;
  const byStage = new Map<string, ChangeVerdict>();
  for (const stage of new Set(verdicts.map((each) => each.stage))) {
    const change = stageChange(
      verdicts.filter((each) => each.stage === stage),
      pool.length,
      against,
    );
    if (change !== null && stage !== WHOLE_RUN) byStage.set(stage, change);
  }
  return { overall: overallChange(comparison, verdicts, loss, pool.length, against), byStage };
}

/** Less was done: nothing that looks better means anything. */
function withheldBy(loss: string): (verdict: Verdict) => Verdict {
  return (verdict) =>
    verdict.tier === 0 || verdict.verdict === 'slower'
      ? verdict
      : { ...verdict, verdict: 'withheld', reason: `Less was done (${loss}).` };
}

function stageChange(
  verdicts: readonly Verdict[],
  poolSize: number,
  against: string,
): ChangeVerdict | null {
  const worse = verdicts.filter(({ tier, verdict }) => tier === 0 && verdict === 'slower');
  if (worse.length > 0) {
    return decided('slower', 0, `Worse than ${against}: ${named(worse)}.`);
  }
  const time = verdicts.find(({ tier, metric }) => tier !== 0 && metric === 'seconds');
  return time === undefined ? null : timeChange(time, poolSize, against);
}

function overallChange(
  comparison: RunSetComparison,
  verdicts: readonly Verdict[],
  loss: string | null,
  poolSize: number,
  against: string,
): ChangeVerdict {
  const { environment, lost } = comparison;
  const whole = verdicts.find(
    ({ stage, metric, tier }) => stage === WHOLE_RUN && metric === 'seconds' && tier !== 0,
  );
  const word = overallVerdict(verdicts);
  const exact = verdicts.filter(({ tier, verdict }) => tier === 0 && verdict === word);
  switch (word) {
    case 'slower':
      return decided(word, 0, `Worse than ${against}: ${named(exact)}.`);
    case 'faster':
      return decided(word, 0, `Better than ${against}: ${named(exact)}.`);
    case 'same':
      return decided(word, 1, `Like ${against}, as far as it matters.`);
    case 'withheld': {
      const time = whole === undefined ? null : timeChange(whole, poolSize, against);
      if (time?.leans === 'slower') return time;
      const losses = [...lost.map(({ stage, text }) => `${stage}: ${text}`), loss ?? []].flat();
      return decided(word, 0, `No verdict on times, as less was done: ${losses.join('; ')}.`);
    }
    default:
  }
  if (!environment.comparable) {
    const text = `Times were not compared with ${against}: ${differenceText(environment)}.`;
    return decided('inconclusive', 1, text);
  }
  if (whole !== undefined) return timeChange(whole, poolSize, against);
  return decided('inconclusive', 1, `Nothing can be said against ${against}.`);
}

/** A time on the screen: the word it has, and where it leans. */
function timeChange(time: Verdict, poolSize: number, against: string): ChangeVerdict {
  const { verdict, ratio, reason } = time;
  const leans = poolSize >= LEAST_TO_LEAN ? leaning(time) : null;
  const change = changeText(ratio);
  if (verdict === 'withheld' && leans === 'slower') {
    // Slower with less to do is slower all the same.
    const text = `Maybe slower: ${change} against ${against}. ${reason}`;
    return { word: 'inconclusive', leans, tier: 1, text };
  }
  if (verdict !== 'inconclusive' || ratio === null) return decided(verdict, 1, reason);
  const told = reason.includes(change) ? reason : `${change} against ${against}. ${reason}`;
  const text = leans === null || told.startsWith('Maybe') ? told : `Maybe ${leans}: ${told}`;
  return { word: 'inconclusive', leans, tier: 1, text };
}

/** Beyond the spread of the pool, and by a time that matters. */
function leaning({ ratio, smallestVisible, medians, unit }: Verdict): 'slower' | 'faster' | null {
  const [before, now] = medians;
  if (ratio === null || smallestVisible === null) return null;
  if (Math.abs(ratio - 1) <= smallestVisible - 1) return null;
  if (typeof before !== 'number' || typeof now !== 'number') return null;
  if (unit === 's' && Math.abs(now - before) < COMPARE_DEFAULTS.floorSeconds) return null;
  return ratio > 1 ? 'slower' : 'faster';
}

function decided(word: ChangeVerdict['word'], tier: 0 | 1, text: string): ChangeVerdict {
  return { word, leans: null, tier, text };
}

function named(verdicts: readonly Verdict[]): string {
  const texts = verdicts.slice(0, MOST_NAMED).map(({ stage, metric, reason }) => {
    const change = reason.replace(/: (?:worse|better|more of them)\.$/u, '').replace(/\.$/u, '');
    return `${stage === WHOLE_RUN ? '' : `${stage} `}${metric} ${change}`;
  });
  const rest = verdicts.length - texts.length;
  return rest > 0 ? `${texts.join('; ')}; and ${rest} more` : texts.join('; ');
}

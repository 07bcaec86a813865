import type { CompareOptions } from './compareOptions.ts';
import { COMPARE_DEFAULTS, isWanted } from './compareOptions.ts';
import { compareRunSets, type RunFacts, type RunSetComparison } from './compareRunSets.ts';
import { NEW_RUNS, POOL_RUNS, screen } from './screen.ts';
import { overallVerdict } from './verdict.ts';

/**
 * Compares new runs with accepted ones, which are of other sessions: exact figures as ever (Tier 0), times by the screen
 * (Tier 1), which hints and never condemns.
 *
 * @param accepted the newest last
 * @param newest the newest last
 */
export function screenedComparison(
  accepted: readonly RunFacts[],
  newest: readonly RunFacts[],
  given: Partial<CompareOptions> = {},
): RunSetComparison {
  const options = { ...COMPARE_DEFAULTS, ...given };
  const pool = accepted.slice(-POOL_RUNS);
  const runs = newest.slice(-NEW_RUNS);
  const comparison = compareRunSets(pool, runs, { ...options, visible: false });
  const withheld = new Set(
    comparison.verdicts.flatMap(({ verdict, stage }) => (verdict === 'withheld' ? [stage] : [])),
  );
  const mayCompare = comparison.environment.comparable || options.acrossEnvironments;
  const exact = comparison.verdicts.filter(({ tier }) => tier === 0);
  const times = mayCompare
    ? screen(runs, pool)
        .filter((verdict) => isWanted(verdict, options))
        .map((verdict) =>
          withheld.has(verdict.stage)
            ? { ...verdict, verdict: 'withheld' as const, reason: 'Less was done.' }
            : verdict,
        )
    : comparison.verdicts.filter(({ tier, metric }) => tier !== 0 && metric === 'seconds');
  const verdicts = [...exact, ...times];
  return { ...comparison, verdicts, overall: overallVerdict(verdicts) };
}

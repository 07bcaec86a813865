import type { z } from 'zod';
import type { RunAnalysis } from '../../profiler/report/runAnalysis.ts';
import type { GetRunDetails, RunSummary } from '../../protocol/runMessages.ts';
import { findingCard } from '../../runs/findingCard.ts';
import type { CurrentDemands } from './demands.ts';
import { figuresOf } from './figures.ts';
import { ledgerViews } from './ledgerViews.ts';
import type { RunDigest } from './runDigest.ts';

/** Rows of the break-down that a person still reads. */
const MOST_STAGES = 60;

/** Everything that is said of one run, for the page. */
export function runDetails(
  summary: RunSummary,
  { seconds, findings, ledgers, breakdown }: RunAnalysis,
  digest: RunDigest,
  demands: CurrentDemands,
): z.input<typeof GetRunDetails.result> {
  return {
    run: summary,
    seconds,
    findings: findings.map(findingCard),
    ledgers: ledgerViews(ledgers),
    figures: figuresOf(digest, demands.targets),
    breakdown: breakdown.slice(0, MOST_STAGES),
  };
}

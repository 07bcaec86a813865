import { GetDashboard, GetLedgerBucket, GetRunDetails } from '../../protocol/runMessages.ts';
import { shownSummary } from '../../runs/liveRun.ts';
import type { CreateService } from '../workerContext.ts';
import { ChangeVerdicts } from './changeVerdicts.ts';
import { type DashboardMemory, dashboardOf, summaryOf } from './dashboard.ts';
import { currentDemands } from './demands.ts';
import { DigestCache } from './digestCache.ts';
import { ledgerBucket } from './ledgerBucket.ts';
import { RunAnalyses } from './runAnalyses.ts';
import { runDetails } from './runDetails.ts';

/** Answers what the dashboard asks: histories, single runs, and what lies in the buckets of their ledgers. */
export const createDashboardService: CreateService = (context) => {
  const { connection } = context;
  const memory: DashboardMemory = { digests: new DigestCache(), verdicts: new ChangeVerdicts() };
  const analyses = new RunAnalyses();
  connection.handle(GetDashboard, (asked, signal) =>
    dashboardOf(context.library(), memory, currentDemands(context.options()), asked, signal),
  );
  connection.handle(GetRunDetails, async ({ id }) => {
    const { profiles, baselines } = context.library();
    const summary = profiles.find(id);
    // The sources may have been edited since the run was last looked at.
    analyses.clear();
    const analysis = await analyses.of(context.library(), summary.id, context.options());
    const accepted = baselines.of(summary.series).some(({ runId }) => runId === summary.id);
    const shown = { ...summaryOf(shownSummary(context.library(), summary)), accepted };
    return runDetails(shown, analysis, currentDemands(context.options()));
  });
  connection.handle(GetLedgerBucket, async ({ id, ...asked }) => {
    const summary = context.library().profiles.find(id);
    const analysis = await analyses.of(context.library(), summary.id, context.options());
    return ledgerBucket(context.library(), analysis, summary.videoId, asked);
  });
  return { stop: () => analyses.clear() };
};

import { GetDashboard, GetLedgerBucket, GetRunDetails } from '../../protocol/runMessages.ts';
import { shownSummary } from '../../runs/liveRun.ts';
import { Analyst } from '../charts/analyst.ts';
import type { CreateService } from '../workerContext.ts';
import { ChangeVerdicts } from './changeVerdicts.ts';
import { type DashboardMemory, dashboardOf, summaryOf } from './dashboard.ts';
import { currentDemands } from './demands.ts';
import { DigestCache, type Digester } from './digestCache.ts';
import { ledgerBucket } from './ledgerBucket.ts';
import { RunAnalyses } from './runAnalyses.ts';
import { runDetails } from './runDetails.ts';

/** Answers what the dashboard asks: histories, single runs, and what lies in the buckets of their ledgers. */
export const createDashboardService: CreateService = (context) => {
  const { connection } = context;
  const stopping = new AbortController();
  const analyst = new Analyst();
  const digest: Digester = (run) => analyst.digest(run, stopping.signal);
  const memory: DashboardMemory = {
    digests: new DigestCache(digest),
    verdicts: new ChangeVerdicts(),
  };
  const analyses = new RunAnalyses((run, baseline, options) =>
    analyst.analyse(run, baseline, options, stopping.signal),
  );
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
    const { digests } = memory;
    const known = digests.has(summary)
      ? await digests.get(context.library(), summary)
      : await digest(analysis.run);
    return runDetails(shown, analysis, known, currentDemands(context.options()));
  });
  connection.handle(GetLedgerBucket, async ({ id, ...asked }) => {
    const summary = context.library().profiles.find(id);
    const analysis = await analyses.of(context.library(), summary.id, context.options());
    return ledgerBucket(context.library(), analysis, summary.videoId, asked);
  });
  return {
    stop: async () => {
      stopping.abort();
      analyses.clear();
      await analyst.stop();
    },
  };
};

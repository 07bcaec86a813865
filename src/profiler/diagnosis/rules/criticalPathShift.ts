import { formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { spanEvidence } from '../evidence.ts';
import { factsOf } from '../facts/facts.ts';
import { criticalStages } from '../facts/topStages.ts';
import type { Rule } from '../rule.ts';

/** How much more than the one that led before a stage must take for the lead to have changed. */
const LEAD = 1.25;
/** How much more than in the baseline it must take. */
const GREW = 1.2;

/** Another stage than in the baseline decides how long the run takes. */
export const criticalPathShift: Rule = (facts, { baseline }) => {
  if (baseline === null || facts.callTrace) return [];
  const before = factsOf(baseline);
  const [now, then] = [criticalStages(facts), criticalStages(before)];
  const [led, leads] = [then[0], now[0]];
  if (led === undefined || leads === undefined || led.stage === leads.stage) return [];
  const secondsOf = (stages: typeof now, stage: string): number =>
    stages.find((each) => each.stage === stage)?.seconds ?? 0;
  const ledNow = secondsOf(now, led.stage);
  const leadsThen = secondsOf(then, leads.stage);
  if (leads.seconds < ledNow * LEAD || led.seconds < leadsThen * LEAD) return [];
  if (leads.seconds < leadsThen * GREW) return [];
  return [
    findingOf(facts, {
      kind: 'critical-path shift',
      title: `${leads.stage} decides the length of the run now, not ${led.stage} as in the baseline`,
      count: 1,
      wastedSeconds: leads.seconds - leadsThen,
      expected: `${led.stage} leads with ${formatSeconds(led.seconds)}; ${leads.stage} takes ${formatSeconds(leadsThen)}`,
      actual: `${leads.stage} leads with ${formatSeconds(leads.seconds)}; ${led.stage} takes ${formatSeconds(ledNow)}`,
      evidence: leads.spans.slice(0, 3).map((span) => spanEvidence(facts.run, span)),
      cause: `${leads.stage} became slower than what used to be the longest part of the chain.`,
      fix: `Look at ${leads.stage} first: time saved elsewhere no longer shortens the run.`,
      confidence: 0.8,
      refutedBy: 'A different input, or a stage that was cached in one of the two runs.',
      spans: leads.spans,
      texts: [leads.stage],
    }),
  ];
};

import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { lineEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import { type Impossible, impossibleFigures } from '../facts/impossibleFigures.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Figures of the run itself that cannot be right: not against its own clock, its own counts, or one another. */
export const brokenInstrument: Rule = (facts) => {
  const impossible = impossibleFigures(facts);
  return impossible.length === 0 ? [] : [broken(facts, impossible)];
};

/** One finding for all of them: whoever measures wrong measures wrong at several places. */
function broken(facts: Facts, figures: readonly Impossible[]): Finding {
  const first = figures[0];
  const more = figures.length > 1 ? ` and ${figures.length - 1} more` : '';
  const clock = facts.seconds === null ? '' : ` of a run of ${formatSeconds(facts.seconds)}`;
  const log = facts.run.log;
  return findingOf(facts, {
    kind: 'broken-instrument',
    severity: 'warning',
    title: `${first?.said ?? ''}${more}${clock} cannot be right`,
    count: figures.length,
    wastedSeconds: null,
    expected: [...new Set(figures.map(({ expected }) => expected))].join('; '),
    actual: figures.map(({ said }) => said).join('; '),
    evidence: figures.map(({ measurement }) => lineEvidence(log, measurement)),
    cause: figures
      .map(({ reason }) => reason)
      .filter((r, i, all) => all.indexOf(r) === i)
      .join(' '),
    fix: 'Compute the figure from the clock and the counts of the run at its end, and print enough digits; leave it out where it is not known.',
    confidence: 0.95,
    refutedBy: `A figure of something other than this run${first === undefined ? '' : ` (${formatNumber(first.measurement.value)} of what?)`}.`,
    texts: figures.map(({ measurement }) => log?.templates[measurement.template]?.text ?? ''),
  });
}

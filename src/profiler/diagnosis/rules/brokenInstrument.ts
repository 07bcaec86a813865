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
  const clock = facts.seconds === null ? '' : ` for a run of ${formatSeconds(facts.seconds)}`;
  const log = facts.run.log;
  return findingOf(facts, {
    kind: 'broken-instrument',
    severity: 'warning',
    title: `${namesOf(figures)} cannot be right${clock}`,
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

/** The first two in words, the others in number, as the beginning of a sentence. */
function namesOf(figures: readonly Impossible[]): string {
  const said = [...new Set(figures.map((each) => each.said))];
  const rest = said.length - 2;
  const told = [...said.slice(0, 2), ...(rest > 0 ? [`${rest} more`] : [])];
  const text =
    told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1) ?? ''}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

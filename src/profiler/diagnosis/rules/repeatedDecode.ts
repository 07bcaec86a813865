import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { sampleOf, spanEvidence } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import { busySeconds } from '../facts/spanTimes.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { repeatedFinding, repeats } from './repeatedLoad.ts';

/** Seconds decoded for each second of input from which on some of it was decoded again. */
const AGAIN = 1.5;

/** The same input decoded more than once: by its name, or by more seconds decoded than there are. */
export const repeatedDecode: Rule = (facts) => {
  const named = repeats(facts, true).map((group) =>
    repeatedFinding(facts, group, 'repeated-decode'),
  );
  return named.length > 0 ? named : decodedAgain(facts);
};

function decodedAgain(facts: Facts): Finding[] {
  const { run, notes, inputLength } = facts;
  if (inputLength === null || facts.callTrace) return [];
  return facts.groups.flatMap((group): Finding[] => {
    if (!group.name.decode) return [];
    const timed = group.spans.filter((span) => notes.mediaSeconds.has(span));
    const decoded = timed.reduce((sum, span) => sum + (notes.mediaSeconds.get(span) ?? 0), 0);
    if (timed.length < 2 || decoded < inputLength.seconds * AGAIN) return [];
    const factor = decoded / inputLength.seconds;
    const wasted = busySeconds(run, timed) * (1 - 1 / factor);
    return [
      findingOf(facts, {
        kind: 'repeated-decode',
        title: `${formatSeconds(decoded)} decoded of an input of ${formatSeconds(inputLength.seconds)}`,
        count: timed.length,
        wastedSeconds: wasted,
        expected: `${formatSeconds(inputLength.seconds)} decoded once`,
        actual: `${formatSeconds(decoded)} decoded, ${formatNumber(factor)} times the input`,
        evidence: sampleOf(timed.map((span) => spanEvidence(run, span))),
        cause:
          'Each part decodes from the beginning, or parts overlap, so the same seconds are decoded again.',
        fix: 'Decode the input once and cut the parts out of the samples.',
        confidence: 0.85,
        refutedBy: 'Several inputs or sound tracks of this length in one run.',
        spans: timed,
        texts: [group.name.pattern],
      }),
    ];
  });
}

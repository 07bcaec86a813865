import { findingOf } from '../draft.ts';
import { deviceChoicesOf } from '../facts/devices.ts';
import type { Rule } from '../rule.ts';

/** One device was asked for and another one did the work. */
export const deviceMismatch: Rule = (facts) =>
  deviceChoicesOf(facts)
    .filter(({ asked, used }) => asked !== used)
    .map(({ asked, used, label, evidence, spans, texts, count, seconds }) =>
      findingOf(facts, {
        kind: 'device-mismatch',
        severity: 'error',
        title: `${label === '' ? 'The work' : label} ran on ${used}, though ${asked} was asked for`,
        count,
        wastedSeconds: null,
        expected: asked,
        actual: seconds === null ? used : `${used} for ${seconds.toFixed(1)} s`,
        evidence,
        cause: `The program fell back from ${asked} to ${used} and went on: a missing driver or build, or a model that was never moved.`,
        fix: `Check at the start that ${asked} can be used and stop where it cannot, instead of going on with ${used}.`,
        confidence: 0.95,
        refutedBy: `A device counter that shows ${asked} at work.`,
        spans,
        texts,
      }),
    );

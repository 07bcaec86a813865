import { LOG_LEVEL } from '../../model/columns.ts';
import type { SpanIndex, Seconds } from '../../model/units.ts';
import { SPAN_STATUS } from '../../model/spanStatus.ts';
import { lineEvidence, spanEvidence } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';
import type { Facts } from './facts.ts';
import type { Run } from '../../model/run.ts';
import type { SpanNotes } from './spanNotes.ts';
import { type SiblingGroup, siblingsOf } from './spanGroups.ts';
import { endOf, sequentialShare, startOf } from './spanTimes.ts';
import { timesOfTemplate } from './templateLines.ts';

/** Failed attempts at one thing. */
export interface RetrySeries {
  readonly name: string;
  readonly failed: number;
  /** Attempts that worked; null where nothing tells. */
  readonly succeeded: number | null;
  /** Failed attempts and the pauses up to the next one. */
  readonly seconds: Seconds | null;
  readonly evidence: readonly Evidence[];
  readonly spans: readonly SpanIndex[];
  readonly texts: readonly string[];
}

export function retriesOf(facts: Facts): RetrySeries[] {
  const fromSpans = facts.callTrace ? [] : spanRetries(facts);
  return fromSpans.length > 0 ? fromSpans : logRetries(facts);
}

function spanRetries(facts: Facts): RetrySeries[] {
  return facts.groups
    .flatMap((group): RetrySeries[] => {
      const failed: SpanIndex[] = [];
      let seconds = 0;
      let succeeded = 0;
      for (const siblings of siblingsOf(facts.run, group, 2)) {
        const own = failedOf(facts, siblings);
        for (const span of own.failed) failed.push(span);
        seconds += own.seconds;
        succeeded += own.succeeded;
      }
      if (failed.length === 0) return [];
      return [
        {
          name: group.name.pattern,
          failed: failed.length,
          succeeded,
          seconds,
          evidence: failed.map((span) => spanEvidence(facts.run, span)),
          spans: failed,
          texts: [group.name.pattern],
        },
      ];
    })
    .filter(
      (series, _, all) => !all.some((other) => other !== series && covers(facts, other, series)),
    );
}

/** By its status, a flag, or an answer that asks for another attempt. */
function hasFailed(run: Run, notes: SpanNotes, span: SpanIndex): boolean {
  if (run.spans.status[span] === SPAN_STATUS.error || notes.failed.has(span)) return true;
  const answer = notes.httpStatus.get(span) ?? 0;
  return answer === TOO_MANY_REQUESTS || answer >= SERVER_ERROR;
}

const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** Attempts that lie in attempts of another name are the same ones. */
function covers({ run }: Facts, outer: RetrySeries, inner: RetrySeries): boolean {
  const outers = new Set(outer.spans);
  return inner.spans.every((span) => outers.has(run.spans.parent[span] ?? -1));
}

/** Failures that were followed by another attempt of the same parent. */
function failedOf(
  { run, notes }: Facts,
  { spans }: SiblingGroup,
): { failed: SpanIndex[]; seconds: Seconds; succeeded: number } {
  const failed: SpanIndex[] = [];
  let seconds = 0;
  let succeeded = 0;
  if (sequentialShare(run, spans) < 0.9) return { failed, seconds, succeeded };
  spans.forEach((span, i) => {
    const next = spans[i + 1];
    const error = hasFailed(run, notes, span);
    const attempt = notes.attempt.get(span);
    const again = next === undefined ? undefined : notes.attempt.get(next);
    const counted = attempt !== undefined && again !== undefined;
    if (!error && !(counted && again > attempt)) succeeded += 1;
    else if (next === undefined || (counted && again <= attempt)) {
      // The last attempt of its series: it failed for good, and nobody tried again.
      if (error && attempt !== undefined && attempt > 1) {
        failed.push(span);
        seconds += endOf(run, span) - startOf(run, span);
      }
    } else {
      failed.push(span);
      seconds += startOf(run, next) - startOf(run, span);
    }
  });
  return { failed, seconds, succeeded };
}

/** Templates that count attempts, or tell of failures and another try, at the level of a warning. */
function logRetries(facts: Facts): RetrySeries[] {
  const { log } = facts.run;
  if (log === null) return [];
  return log.templates.flatMap((template, index): RetrySeries[] => {
    const words = wordsOf(template.text);
    const tries = says(words, VOCABULARY.attempt);
    const fails = says(words, VOCABULARY.failure);
    const warns = template.level >= LOG_LEVEL.warn;
    if (!(tries && (fails || warns)) || template.count < 3) return [];
    const times = timesOfTemplate(facts.run, template);
    const lines = log.measurements.filter((each) => each.template === index);
    const file = log.files[template.file];
    const first: Evidence = {
      text: template.example,
      ...(file === undefined ? {} : { file }),
      line: template.firstLine,
    };
    const others = lines
      .filter(({ line }, i) => line !== template.firstLine && lines[i - 1]?.line !== line)
      .map((each) => lineEvidence(log, each));
    return [
      {
        name: template.text.slice(0, 120),
        failed: template.count,
        succeeded: null,
        seconds: spentOn(facts, times),
        evidence: [first, ...others],
        spans: [],
        texts: [template.text],
      },
    ];
  });
}

/** From the line before each failure to the next line behind its pause. */
function spentOn({ logTimes }: Facts, times: readonly Seconds[]): Seconds | null {
  if (times.length === 0) return null;
  const all = logTimes.seconds;
  let sum = 0;
  let until = -Infinity;
  for (const time of times) {
    let before = time;
    let after = time;
    for (const at of all) {
      if (at < time - 1e-9) before = at;
      else if (at > time + 1e-9) {
        after = at;
        break;
      }
    }
    sum += Math.max(0, after - Math.max(before, until));
    until = Math.max(until, after);
  }
  return sum;
}

import type { Measurement } from '../../model/logSummary.ts';
import { spanName } from '../../model/run.ts';
import { NO_SPAN, type Seconds, type SpanIndex } from '../../model/units.ts';
import { lineEvidence, spanEvidence } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
import { VOCABULARY, meaningful } from '../vocabulary.ts';
import { overlapOf, wordsOf } from '../words.ts';
import type { Facts } from './facts.ts';
import { busySeconds } from './spanTimes.ts';

/** Which device was asked for and which one did the work, both as families: `cuda`, `cpu`. */
export interface DeviceChoice {
  readonly label: string;
  readonly asked: string;
  readonly used: string;
  readonly count: number;
  readonly seconds: Seconds | null;
  readonly evidence: readonly Evidence[];
  readonly spans: readonly SpanIndex[];
  readonly texts: readonly string[];
}

/** Family of a device, so that `cuda:0`, `CUDA` and `gpu` are one; null for `auto` and words that are no device. */
export function deviceFamily(name: string): string | null {
  const text = name.trim().toLowerCase();
  if (VOCABULARY.cpu.test(text)) return 'cpu';
  if (/^(?:cuda|gpu|nvidia|tensorrt)/u.test(text)) return 'gpu';
  return VOCABULARY.accelerator.test(text) ? (/^\p{L}+/u.exec(text)?.[0] ?? null) : null;
}

export function deviceChoicesOf(facts: Facts): DeviceChoice[] {
  return [...fromAccounts(facts), ...fromSpans(facts), ...fromLog(facts)];
}

function fromAccounts(facts: Facts): DeviceChoice[] {
  return facts.run.work.flatMap(({ stage, deviceAsked, deviceUsed }): DeviceChoice[] => {
    const choice = pair(deviceAsked, deviceUsed);
    if (choice === null) return [];
    const evidence = [
      { text: `${stage}: asked for ${deviceAsked ?? ''}, used ${deviceUsed ?? ''}` },
    ];
    return [
      { label: stage, ...choice, count: 1, seconds: null, evidence, spans: [], texts: [stage] },
    ];
  });
}

function pair(
  asked: string | null,
  used: string | null,
): Pick<DeviceChoice, 'asked' | 'used'> | null {
  const [wanted, got] = [deviceFamily(asked ?? ''), deviceFamily(used ?? '')];
  return wanted === null || got === null ? null : { asked: wanted, used: got };
}

/** What was asked for may stand on a span further up. */
function fromSpans(facts: Facts): DeviceChoice[] {
  const { run, notes } = facts;
  const byName = new Map<
    string,
    { spans: SpanIndex[]; asked: string; used: string; label: string }
  >();
  const one = onlyAsked(facts);
  const take = (used: string, span: SpanIndex): void => {
    const asked = askedAbove(facts, span) ?? (notes.deviceActual.has(span) ? one : null);
    const choice = pair(asked, used);
    if (choice === null || choice.asked === choice.used) return;
    const label = spanName(run, span);
    const key = JSON.stringify([label, choice.asked, choice.used]);
    const known = byName.get(key) ?? { spans: [], ...choice, label };
    byName.set(key, known);
    known.spans.push(span);
  };
  // Without a list of both: each may have millions.
  notes.deviceUsed.forEach(take);
  notes.deviceActual.forEach(take);
  return [...byName.values()].map(({ spans, asked, used, label }) => ({
    label,
    asked,
    used,
    count: spans.length,
    seconds: busySeconds(run, spans),
    evidence: spans.slice(0, 3).map((span) => {
      const own = spanEvidence(run, span);
      return {
        ...own,
        text: `${own.text} · device ${notes.deviceActual.get(span) ?? notes.deviceUsed.get(span) ?? ''}`,
      };
    }),
    spans,
    texts: [label],
  }));
}

/** What the run asks for anywhere, where it is the same everywhere. */
function onlyAsked({ notes }: Facts): string | null {
  const families = new Set([...notes.deviceAsked.values()].map(deviceFamily));
  return families.size === 1 ? ([...notes.deviceAsked.values()][0] ?? null) : null;
}

function askedAbove({ run, notes }: Facts, span: SpanIndex): string | null {
  let at = span;
  for (let steps = 0; at !== NO_SPAN && steps < 64; steps += 1) {
    const asked = notes.deviceAsked.get(at);
    if (asked !== undefined) return asked;
    at = run.spans.parent[at] ?? NO_SPAN;
  }
  return null;
}

/** A request and the next statement of a device behind it that speaks of the same part, or of no part at all. */
function fromLog(facts: Facts): DeviceChoice[] {
  const { log } = facts.run;
  if (log === null) return [];
  const devices = log.measurements.filter(({ kind, text }) => kind === 'device' && text !== null);
  const found = new Map<string, DeviceChoice>();
  devices.forEach((request, i) => {
    if (request.role !== 'requested') return;
    const answer = devices
      .slice(i + 1)
      .find((each) => each.role === 'actual' && samePart(request, each));
    const before = devices
      .slice(0, i)
      .findLast(
        (each) =>
          each.role === 'actual' && each.line === request.line && each.file === request.file,
      );
    const used = answer ?? before;
    const choice = pair(request.text, used?.text ?? null);
    if (used === undefined || choice === null) return;
    const label = partOf(used).join(' ');
    const key = JSON.stringify([label, choice]);
    const evidence = [lineEvidence(log, request)];
    if (used.line !== request.line) evidence.push(lineEvidence(log, used));
    found.set(key, {
      label,
      ...choice,
      count: (found.get(key)?.count ?? 0) + 1,
      seconds: null,
      evidence,
      spans: [],
      texts: [log.templates[used.template]?.text ?? used.quote],
    });
  });
  return [...found.values()];
}

function samePart(a: Measurement, b: Measurement): boolean {
  const [left, right] = [partOf(a), partOf(b)];
  return left.length === 0 || right.length === 0 || overlapOf(left, right) >= 0.5;
}

const DEVICE_WORDS =
  /^(?:devices?|gerät|using|use|used|running|run|on|backend|accelerator|requested|selected|config(?:ured)?|model|inference|available|not|found|fallback|falling|back)$/u;

function partOf({ label }: Measurement): string[] {
  return meaningful(wordsOf(label)).filter(
    (word) =>
      !DEVICE_WORDS.test(word) && !VOCABULARY.cpu.test(word) && !VOCABULARY.accelerator.test(word),
  );
}

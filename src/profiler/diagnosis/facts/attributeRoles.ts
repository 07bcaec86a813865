import { ATTRIBUTE } from '../../model/attributeNames.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';

/** What an attribute tells a rule. */
export type AttributeRole =
  | 'resource'
  | 'part'
  | 'index'
  | 'items'
  | 'batchSize'
  | 'itemsIn'
  | 'itemsOut'
  | 'dropped'
  | 'target'
  | 'coverage'
  | 'mediaSeconds'
  | 'deviceAsked'
  | 'deviceUsed'
  | 'deviceActual'
  | 'attempt'
  | 'worker'
  | 'cpuSeconds'
  | 'bytes'
  | 'size'
  | 'wait'
  | 'call'
  | 'logged'
  | 'process'
  | 'httpStatus'
  | 'failed'
  | 'warmUp'
  | 'other';

/** Names whose meaning is fixed. */
const FIXED: ReadonlyMap<string, AttributeRole> = new Map([
  [ATTRIBUTE.resource, 'resource'],
  [ATTRIBUTE.items, 'items'],
  [ATTRIBUTE.batchSize, 'batchSize'],
  [ATTRIBUTE.audioSeconds, 'mediaSeconds'],
  [ATTRIBUTE.cpuSeconds, 'cpuSeconds'],
  [ATTRIBUTE.bytes, 'bytes'],
  [ATTRIBUTE.wait, 'wait'],
  [ATTRIBUTE.logLine, 'logged'],
  ['process.pid', 'process'],
  [ATTRIBUTE.commandLine, 'other'],
  ['thread.id', 'worker'],
  ['thread.name', 'worker'],
  ['http.request.resend_count', 'attempt'],
  ['http.response.status_code', 'httpStatus'],
  ['http.status_code', 'httpStatus'],
  ['error.type', 'failed'],
  ['exception.type', 'failed'],
  ['db.query.text', 'call'],
  ['db.statement', 'call'],
]);

/** Beginnings of names that describe the surroundings, never the work. */
const SURROUNDINGS =
  /^(?:log|gen_ai|llm|service|telemetry|otel|host|os|process|container|k8s|cloud|code|library|scope|exception|deployment|sampler)\b/u;
/** Beginnings of the semantic conventions for what is asked of others. */
const CALLS =
  /^(?:db|http|rpc|messaging|url|graphql|aws|net|server|network|peer|faas|grpc|redis|sql)\b/u;

const ASKED =
  /^(?:requested|request|asked|wanted|configured|config|preferred|expected|desired|want)$/u;
const USED = /^(?:actual|used|effective|selected|current|running|resolved)$/u;
const COUNTED = /^(?:count|counts|items|num|n|total|len|length|size|rows|records|elements)$/u;
const IN = /^(?:in|input|inputs|received|consumed|read|offered|candidates|expected)$/u;
const OUT =
  /^(?:out|output|outputs|emitted|produced|written|sent|embedded|kept|completed|succeeded)$/u;

/** The role of an attribute by its name; null for one that tells nothing. */
export function roleOf(key: string, numeric: boolean): AttributeRole | null {
  const fixed = FIXED.get(key);
  if (fixed !== undefined) return fixed;
  if (SURROUNDINGS.test(key)) return null;
  if (CALLS.test(key)) return 'call';
  const words = wordsOf(key);
  if (
    says(words, VOCABULARY.coverage) &&
    says(words, /^(?:target|goal|expected|required|minimum|min)$/u)
  ) {
    return numeric ? 'target' : null;
  }
  if (says(words, /^(?:device|gpu|accelerator|backend|provider)$/u) && !numeric) {
    if (says(words, ASKED)) return 'deviceAsked';
    if (says(words, USED)) return 'deviceActual';
    return words.includes('device') || words.includes('provider') ? 'deviceUsed' : null;
  }
  if (says(words, VOCABULARY.attempt)) return numeric ? 'attempt' : null;
  return numeric ? numericRole(words) : textRole(words);
}

function numericRole(words: readonly string[]): AttributeRole | null {
  const has = (word: RegExp): boolean => says(words, word);
  if (isShareOfItems(words)) return 'coverage';
  if (words.includes('cpu') && has(/^(?:seconds?|time|ms|us|ns|millis|usage)$/u))
    return 'cpuSeconds';
  if (has(VOCABULARY.input) && has(/^(?:seconds?|secs?|duration|length)$/u)) return 'mediaSeconds';
  if (words.includes('batch'))
    return has(COUNTED) || has(/^(?:texts?|items?)$/u) ? 'batchSize' : null;
  if (has(/^bytes?$/u)) return words.includes('size') || words.includes('total') ? 'size' : 'bytes';
  if (has(VOCABULARY.worker)) return 'worker';
  if (has(VOCABULARY.dropped) && !has(NO_LOSS)) return 'dropped';
  if (words.length > 1 && !has(NO_ITEMS)) {
    if (has(IN)) return 'itemsIn';
    if (has(OUT) || has(VOCABULARY.coverage)) return 'itemsOut';
  }
  if (!has(/^(?:count|total|num|n)$/u)) {
    if (has(VOCABULARY.part)) return 'part';
    if (has(VOCABULARY.index)) return 'index';
  }
  return has(COUNTED) ? 'items' : null;
}

/** Losses are counted; times, limits and codes are none. */
const NO_LOSS =
  /^(?:error|ms|s|secs?|seconds?|minutes?|limit|code|status|rate|ratio|max|maximum|after|interval|percent)$/u;
/** What goes in and comes out of any function in other amounts. */
const NO_ITEMS =
  /^(?:tokens?|width|height|pixels?|size|samples?|chars?|characters?|dim|dims|dimensions?|channels?|shape|rate|latency|time|ms|seconds?|index|id|port|offset|percent|pct|share|ratio|level)$/u;

function isShareOfItems(words: readonly string[]): boolean {
  if (says(words, /^(?:coverage|completeness|abdeckung)$/u)) return true;
  return words.includes('success') && says(words, /^(?:rate|ratio|share|percent|pct)$/u);
}

function textRole(words: readonly string[]): AttributeRole | null {
  if (says(words, VOCABULARY.worker)) return 'worker';
  if (says(words, VOCABULARY.resource)) return 'resource';
  if (says(words, VOCABULARY.part)) return 'part';
  return says(words, VOCABULARY.index) ? 'index' : null;
}

/** How telling a name of a resource is: of several on one span the lowest counts. */
export function resourceRank(key: string): number {
  if (key === ATTRIBUTE.resource) return 0;
  const words = wordsOf(key);
  if (says(words, /^(?:path|filepath|file|filename|url|uri)$/u)) return 1;
  return says(words, /^(?:model|checkpoint|weights|dataset|table|archive)$/u) ? 2 : 3;
}

/** Seconds in one of the unit that the name of a time carries. */
export function secondsPerUnit(key: string): number {
  const words = wordsOf(key);
  if (says(words, /^(?:ms|millis|milliseconds?)$/u)) return 1e-3;
  if (says(words, /^(?:us|micros|microseconds?)$/u)) return 1e-6;
  return says(words, /^(?:ns|nanos|nanoseconds?)$/u) ? 1e-9 : 1;
}

/** The role of an attribute that is true or false, by its name and value. */
export function flagRoleOf(key: string, value: boolean): AttributeRole | null {
  const words = wordsOf(key);
  const last = words.at(-1) ?? '';
  if (value && /^(?:error|failed|failure)$/u.test(last)) return 'failed';
  if (!value && /^(?:success|ok|succeeded)$/u.test(last)) return 'failed';
  return value && says(words, /^(?:warm|warmup|cold)$/u) ? 'warmUp' : null;
}

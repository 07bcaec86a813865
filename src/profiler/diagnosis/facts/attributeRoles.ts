import { ATTRIBUTE } from '../../model/attributeNames.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';

/** What an attribute tells a rule. */
export type AttributeRole =
  | 'resource'
  | 'part'
  | 'items'
  | 'batchSize'
  | 'itemsIn'
  | 'itemsOut'
  | 'dropped'
  | 'target'
  | 'mediaSeconds'
  | 'deviceAsked'
  | 'deviceUsed'
  | 'attempt'
  | 'worker'
  | 'cpuSeconds'
  | 'bytes'
  | 'size'
  | 'wait'
  | 'call'
  | 'logged'
  | 'process'
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
  ['db.query.text', 'call'],
  ['db.statement', 'call'],
]);

/** Beginnings of names that describe the surroundings, never the work. */
const SURROUNDINGS =
  /^(?:log|service|telemetry|otel|host|os|process|container|k8s|cloud|code|library|scope|exception|deployment|sampler)\b/u;
/** Beginnings of the semantic conventions for what is asked of others. */
const CALLS =
  /^(?:db|http|rpc|messaging|url|graphql|aws|net|server|network|peer|faas|grpc|redis|sql)\b/u;

const ASKED =
  /^(?:requested|request|asked|wanted|configured|config|preferred|expected|desired|want)$/u;
const COUNTED =
  /^(?:count|counts|items?|num|n|number|total|len|length|size|rows?|records?|elements?)$/u;
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
  if (words.includes('device')) return says(words, ASKED) ? 'deviceAsked' : 'deviceUsed';
  if (says(words, VOCABULARY.attempt)) return numeric ? 'attempt' : null;
  return numeric ? numericRole(words) : textRole(words);
}

function numericRole(words: readonly string[]): AttributeRole | null {
  const has = (word: RegExp): boolean => says(words, word);
  if (words.includes('cpu') && has(/^(?:seconds?|time|ms|us|ns|millis|usage)$/u))
    return 'cpuSeconds';
  if (has(VOCABULARY.input) && has(/^(?:seconds?|secs?|duration|length)$/u)) return 'mediaSeconds';
  if (words.includes('batch'))
    return has(COUNTED) || has(/^(?:texts?|items?)$/u) ? 'batchSize' : null;
  if (has(/^bytes?$/u)) return words.includes('size') || words.includes('total') ? 'size' : 'bytes';
  if (has(VOCABULARY.worker)) return 'worker';
  if (has(VOCABULARY.dropped) && !words.includes('error')) return 'dropped';
  if (has(IN) && words.length > 1) return 'itemsIn';
  if (has(OUT) && words.length > 1) return 'itemsOut';
  if (has(VOCABULARY.part) && !has(/^(?:count|total|num|n)$/u)) return 'part';
  return has(COUNTED) ? 'items' : null;
}

function textRole(words: readonly string[]): AttributeRole | null {
  if (says(words, VOCABULARY.worker)) return 'worker';
  if (says(words, VOCABULARY.resource)) return 'resource';
  return says(words, VOCABULARY.part) ? 'part' : null;
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

import { collect } from '../collect.ts';
import { ATTRIBUTE_TYPE } from '../../model/columns.ts';
import type { Run } from '../../model/run.ts';
import type { SpanIndex } from '../../model/units.ts';
import { patternOf } from '../words.ts';
import {
  type AttributeRole,
  flagRoleOf,
  resourceRank,
  roleOf,
  secondsPerUnit,
} from './attributeRoles.ts';

type Numbers = ReadonlyMap<SpanIndex, number>;
type Texts = ReadonlyMap<SpanIndex, string>;

/** Items of a span that were lost for one reason. */
export interface Dropped {
  readonly reason: string;
  readonly count: number;
}

/** What the attributes of the spans tell, sorted by what it means instead of by name. */
export interface SpanNotes {
  readonly resource: Texts;
  readonly part: Texts;
  readonly index: Texts;
  readonly items: Numbers;
  readonly batchSize: Numbers;
  readonly itemsIn: Numbers;
  readonly itemsOut: Numbers;
  readonly target: Numbers;
  /** Share of the items that came out, from 0 to 1 or in percent. */
  readonly coverage: Numbers;
  readonly httpStatus: Numbers;
  readonly mediaSeconds: Numbers;
  readonly attempt: Numbers;
  readonly cpuSeconds: Numbers;
  readonly bytes: Numbers;
  readonly size: Numbers;
  readonly deviceAsked: Texts;
  readonly deviceUsed: Texts;
  /** A device that is said to be the one in use, not only the one of this span. */
  readonly deviceActual: Texts;
  readonly failed: Texts;
  readonly warmUp: Texts;
  readonly worker: Texts;
  readonly wait: Texts;
  /** What is asked of something outside of the process, without its variable parts; empty where only the kind is known. */
  readonly call: Texts;
  readonly dropped: ReadonlyMap<SpanIndex, readonly Dropped[]>;
  readonly process: Texts;
  /** Spans that were made of a log line. */
  readonly logged: Texts;
  /** Text attributes without a known meaning: two spans that differ in one do different things. */
  readonly other: Texts;
}

const NUMERIC: ReadonlySet<AttributeRole> = new Set<AttributeRole>([
  'items',
  'batchSize',
  'itemsIn',
  'itemsOut',
  'target',
  'coverage',
  'httpStatus',
  'mediaSeconds',
  'attempt',
  'cpuSeconds',
  'bytes',
  'size',
]);

/** Characters of unknown attributes that tell two spans apart. */
const MOST_CHARACTERS = 1000;

interface KeyFacts {
  readonly key: string;
  readonly role: AttributeRole | null;
  readonly rank: number;
  readonly factor: number;
}

/** Reads the attribute columns once. */
export function spanNotesOf(run: Run): SpanNotes {
  const numbers = new Map<AttributeRole, Map<SpanIndex, number>>();
  const texts = new Map<AttributeRole, Map<SpanIndex, string>>();
  const dropped = new Map<SpanIndex, Dropped[]>();
  const ranks = new Map<SpanIndex, number>();
  const keys = new Map<number, KeyFacts>();
  const numberMap = (role: AttributeRole) => mapOf(numbers, role);
  const textMap = (role: AttributeRole) => mapOf(texts, role);
  const { span: spans, keyId: keyIds, type: types, value: values } = run.attributes;
  for (let i = 0; i < spans.length; i += 1) {
    const type = types[i] ?? 0;
    const numeric = type === ATTRIBUTE_TYPE.double || type === ATTRIBUTE_TYPE.int;
    if (type === ATTRIBUTE_TYPE.boolean) {
      const flag = flagRoleOf(run.strings[keyIds[i] ?? 0] ?? '', values[i] === 1);
      if (flag !== null) textMap(flag).set(spans[i] ?? 0, 'true');
      continue;
    }
    if (!numeric && type !== ATTRIBUTE_TYPE.string) continue;
    const facts = factsOfKey(run, keys, keyIds[i] ?? 0, numeric);
    const span = spans[i] ?? 0;
    const value = values[i] ?? 0;
    const text = numeric ? String(value) : (run.strings[value] ?? '').slice(0, 300);
    const { role } = facts;
    if (role === null || role === 'other') {
      if (!numeric) {
        const known = textMap('other').get(span) ?? '';
        if (known.length < MOST_CHARACTERS) textMap('other').set(span, `${known}|${text}`);
      }
    } else if (role === 'dropped') {
      collect(dropped, span, { reason: facts.key, count: value });
    } else if (NUMERIC.has(role)) {
      if (numeric && Number.isFinite(value)) numberMap(role).set(span, value * facts.factor);
    } else if (role === 'resource') {
      if (facts.rank < (ranks.get(span) ?? Infinity)) {
        ranks.set(span, facts.rank);
        textMap(role).set(span, text);
      }
    } else if (role === 'call') {
      const statement = /(?:statement|query|text|target|path|full|route)$/u.test(facts.key);
      const known = textMap(role).get(span) ?? '';
      textMap(role).set(span, statement && known === '' ? patternOf(text) : known);
    } else {
      textMap(role).set(span, text);
    }
  }
  return {
    resource: textMap('resource'),
    part: textMap('part'),
    index: textMap('index'),
    items: numberMap('items'),
    batchSize: numberMap('batchSize'),
    itemsIn: numberMap('itemsIn'),
    itemsOut: numberMap('itemsOut'),
    target: numberMap('target'),
    coverage: numberMap('coverage'),
    httpStatus: numberMap('httpStatus'),
    mediaSeconds: numberMap('mediaSeconds'),
    attempt: numberMap('attempt'),
    cpuSeconds: numberMap('cpuSeconds'),
    bytes: numberMap('bytes'),
    size: numberMap('size'),
    deviceAsked: textMap('deviceAsked'),
    deviceUsed: textMap('deviceUsed'),
    deviceActual: textMap('deviceActual'),
    failed: textMap('failed'),
    warmUp: textMap('warmUp'),
    worker: textMap('worker'),
    wait: textMap('wait'),
    call: textMap('call'),
    dropped,
    process: textMap('process'),
    logged: textMap('logged'),
    other: textMap('other'),
  };
}

function mapOf<K, V>(maps: Map<K, Map<SpanIndex, V>>, key: K): Map<SpanIndex, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<SpanIndex, V>();
  maps.set(key, made);
  return made;
}

function factsOfKey(
  run: Run,
  keys: Map<number, KeyFacts>,
  keyId: number,
  numeric: boolean,
): KeyFacts {
  const slot = keyId * 2 + (numeric ? 1 : 0);
  const known = keys.get(slot);
  if (known !== undefined) return known;
  const key = run.strings[keyId] ?? '';
  const role = roleOf(key, numeric);
  const timed = role === 'cpuSeconds' || role === 'mediaSeconds';
  const facts = { key, role, rank: resourceRank(key), factor: timed ? secondsPerUnit(key) : 1 };
  keys.set(slot, facts);
  return facts;
}

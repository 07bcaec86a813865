import { ATTRIBUTE_TYPE, type AttributeColumns } from './columns.ts';
import type { Run } from './run.ts';
import type { StringTable } from './stringTable.ts';
import type { SpanIndex } from './units.ts';

export type AttributeValue =
  string | number | boolean | bigint | readonly (string | number | boolean | null)[];

/** Attributes of a span, an event or a log line; undefined values are left out. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

/** A value as it stands in the attribute columns. */
export interface EncodedAttribute {
  readonly type: number;
  readonly value: number;
}

/** Turns an attribute value into its type and number of the columns, interning what is text. */
export function encodeAttribute(value: AttributeValue, strings: StringTable): EncodedAttribute {
  switch (typeof value) {
    case 'string':
      return { type: ATTRIBUTE_TYPE.string, value: strings.intern(value) };
    case 'number':
      return {
        type:
          Number.isSafeInteger(value) && !Object.is(value, -0)
            ? ATTRIBUTE_TYPE.int
            : ATTRIBUTE_TYPE.double,
        value,
      };
    case 'boolean':
      return { type: ATTRIBUTE_TYPE.boolean, value: value ? 1 : 0 };
    case 'bigint':
      return { type: ATTRIBUTE_TYPE.bigint, value: strings.intern(value.toString()) };
    default:
      return { type: ATTRIBUTE_TYPE.json, value: strings.intern(JSON.stringify(value)) };
  }
}

function decodeAttribute(run: Run, type: number, value: number): AttributeValue {
  switch (type) {
    case ATTRIBUTE_TYPE.string:
      return run.strings[value] ?? '';
    case ATTRIBUTE_TYPE.boolean:
      return value !== 0;
    case ATTRIBUTE_TYPE.bigint:
      return BigInt(run.strings[value] ?? '0');
    case ATTRIBUTE_TYPE.json:
      return JSON.parse(run.strings[value] ?? '[]') as AttributeValue;
    default:
      return value;
  }
}

/** Position of the first attribute of a span, by binary search. */
function firstAttribute(columns: AttributeColumns, span: SpanIndex): number {
  let low = 0;
  let high = columns.span.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((columns.span[middle] ?? 0) < span) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All attributes of a span, in the order in which they were set. */
export function attributesOf(run: Run, span: SpanIndex): ReadonlyMap<string, AttributeValue> {
  const found = new Map<string, AttributeValue>();
  const { attributes } = run;
  for (let i = firstAttribute(attributes, span); attributes.span[i] === span; i += 1) {
    const key = run.strings[attributes.keyId[i] ?? 0] ?? '';
    found.set(key, decodeAttribute(run, attributes.type[i] ?? 0, attributes.value[i] ?? 0));
  }
  return found;
}

/** One attribute of a span, or undefined; of one that was set twice the later value. */
export function attributeOf(run: Run, span: SpanIndex, key: string): AttributeValue | undefined {
  const { attributes } = run;
  let found = -1;
  for (let i = firstAttribute(attributes, span); attributes.span[i] === span; i += 1) {
    if (run.strings[attributes.keyId[i] ?? 0] === key) found = i;
  }
  if (found < 0) return undefined;
  return decodeAttribute(run, attributes.type[found] ?? 0, attributes.value[found] ?? 0);
}

/** Spans that carry an attribute, with its value, in the order of the spans: one pass over the columns. */
export function* spansWithAttribute(
  run: Run,
  key: string,
): Generator<readonly [SpanIndex, AttributeValue]> {
  const keyId = run.strings.indexOf(key);
  if (keyId < 0) return;
  const { attributes } = run;
  for (let i = 0; i < attributes.span.length; i += 1) {
    if (attributes.keyId[i] !== keyId) continue;
    const value = decodeAttribute(run, attributes.type[i] ?? 0, attributes.value[i] ?? 0);
    yield [attributes.span[i] ?? 0, value];
  }
}

/** Attributes of an event or log line as stored in an instant; empty where it has none. */
export function instantAttributes(run: Run, instant: number): Attributes {
  const id = run.instants.attributesId[instant] ?? 0;
  return id === 0 ? {} : (JSON.parse(run.strings[id] ?? '{}') as Attributes);
}

/** The JSON text that `instantAttributes` reads; empty for no attributes. Big integers become decimal strings. */
export function encodeInstantAttributes(attributes: Attributes | undefined): string {
  if (attributes === undefined || Object.keys(attributes).length === 0) return '';
  return JSON.stringify(attributes, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

import type { AttributeValue } from '../model/attributes.ts';
import type { OtlpKeyValue, OtlpValue } from './otlpTypes.ts';

function numberValue(value: number): OtlpValue {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return { intValue: String(value) };
  if (Number.isFinite(value)) return { doubleValue: value };
  if (Number.isNaN(value)) return { doubleValue: 'NaN' };
  return { doubleValue: value > 0 ? 'Infinity' : '-Infinity' };
}

/** An attribute value as an AnyValue of OTLP/JSON. */
export function otlpValue(value: AttributeValue | null): OtlpValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: value.toString() };
    case 'number':
      return numberValue(value);
    default:
      return value === null ? {} : { arrayValue: { values: value.map(otlpValue) } };
  }
}

/** Attributes as OTLP key-values; those that are null or undefined are left out. */
export function otlpAttributes(
  entries: Iterable<readonly [string, AttributeValue | null | undefined]>,
): OtlpKeyValue[] {
  const out: OtlpKeyValue[] = [];
  for (const [key, value] of entries) {
    if (value !== null && value !== undefined) out.push({ key, value: otlpValue(value) });
  }
  return out;
}

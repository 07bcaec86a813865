import type { AttributeValue } from '../../model/attributes.ts';

/** A value of OTLP as both readers make it, before it is an attribute. Maps stand as lists of pairs. */
export type AnyValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | readonly AnyValue[]
  | { readonly pairs: readonly (readonly [key: string, value: AnyValue])[] };

/** Nesting of arrays and maps beyond which a value is left out. */
export const MAX_VALUE_DEPTH = 32;

function isArray(value: AnyValue): value is readonly AnyValue[] {
  return Array.isArray(value);
}

/**
 * Gives the attributes that a value makes: a map becomes one attribute for each of its leaves (`a.b.c`), an array one
 * with what is no scalar in it as JSON text. Null makes none.
 */
export function flattenValue(
  key: string,
  value: AnyValue,
  add: (key: string, value: AttributeValue) => void,
): void {
  if (value === null) return;
  if (typeof value !== 'object') add(key, value);
  else if (isArray(value)) add(key, value.map(scalarOf));
  else if ('pairs' in value) {
    for (const [name, inner] of value.pairs) flattenValue(`${key}.${name}`, inner, add);
  }
}

function scalarOf(value: AnyValue): string | number | boolean | null {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  return valueText(value);
}

/** A value as text: a string as it is, all else as JSON. */
export function valueText(value: AnyValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  return JSON.stringify(plainOf(value));
}

function plainOf(value: AnyValue): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return value.map(plainOf);
  const out = Object.create(null) as Record<string, unknown>;
  if ('pairs' in value) for (const [key, inner] of value.pairs) out[key] = plainOf(inner);
  return out;
}

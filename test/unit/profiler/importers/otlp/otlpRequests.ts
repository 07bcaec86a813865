/** An id of a number: 16 hexadecimal digits, or as many as a trace id has. */
export function id(number: number, digits = 16): string {
  return number.toString(16).padStart(digits, '0');
}

/** A valid span of OTLP/JSON, 10 ns long. */
export function aSpan(number: number, more: object = {}): object {
  return {
    traceId: id(1, 32),
    spanId: id(number),
    name: `span ${number}`,
    startTimeUnixNano: String(1_790_000_000_000_000_000n + BigInt(number - 1)),
    endTimeUnixNano: String(1_790_000_000_000_000_010n + BigInt(number - 1)),
    ...more,
  };
}

/** A request of spans as JSON. */
export function aRequest(spans: readonly unknown[], resource: object = { attributes: [] }): string {
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: {}, spans }] }] });
}

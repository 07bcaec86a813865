/** The parts of OTLP/JSON that an export uses; names and shapes are those of opentelemetry-proto 1.x. */
export interface OtlpValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  /** int64 as decimal digits. */
  readonly intValue?: string;
  /** A number, or one of the words that JSON has no number for. */
  readonly doubleValue?: number | 'NaN' | 'Infinity' | '-Infinity';
  readonly arrayValue?: { readonly values: readonly OtlpValue[] };
}

export interface OtlpKeyValue {
  readonly key: string;
  readonly value: OtlpValue;
}

export interface OtlpEvent {
  readonly timeUnixNano: string;
  readonly name: string;
  readonly attributes: readonly OtlpKeyValue[];
}

export interface OtlpLink {
  readonly traceId: string;
  readonly spanId: string;
}

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpKeyValue[];
  readonly events?: readonly OtlpEvent[];
  readonly links?: readonly OtlpLink[];
  readonly status: { readonly code?: number; readonly message?: string };
}

import type { Attributes as OtelAttributes, HrTime } from '@opentelemetry/api';
import type { Attributes } from '../model/attributes.ts';

const NS_PER_SECOND = 1_000_000_000n;

/** Unix nanoseconds as OpenTelemetry's pair of seconds and nanoseconds. */
export function toHrTime(unixNs: bigint): HrTime {
  return [Number(unixNs / NS_PER_SECOND), Number(unixNs % NS_PER_SECOND)];
}

/** OpenTelemetry's pair of seconds and nanoseconds as nanoseconds after an epoch in Unix nanoseconds. */
export function fromHrTime([seconds, ns]: HrTime, epochNs: bigint): number {
  const whole = BigInt(Math.trunc(seconds)) * NS_PER_SECOND - epochNs;
  return Number(whole) + ns;
}

/** Attributes as OpenTelemetry takes them: integers beyond a double's become decimal strings. */
export function toOtelAttributes(attributes: Attributes): OtelAttributes {
  const out: OtelAttributes = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    if (typeof value === 'bigint') out[key] = value.toString();
    else if (typeof value === 'object') out[key] = value.map((item) => String(item));
    else out[key] = value;
  }
  return out;
}

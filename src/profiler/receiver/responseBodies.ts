import type { OtlpAcceptance } from '../importers/otlp/otlpAcceptance.ts';
import type { OtlpContentType } from '../importers/otlp/otlpContentType.ts';
import type { OtlpSignal } from '../importers/otlp/otlpRecords.ts';

/** How the answer's partial success calls what was rejected, in JSON. */
const REJECTED: Readonly<Record<OtlpSignal, string>> = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
};

/** The answer to an accepted request (Export…ServiceResponse): empty where all of it was kept. */
export function acceptedBody(
  type: OtlpContentType,
  signal: OtlpSignal,
  { rejected, message }: OtlpAcceptance,
): Buffer {
  if (type === 'application/json') {
    const partialSuccess = { [REJECTED[signal]]: String(rejected), errorMessage: message };
    return Buffer.from(JSON.stringify(rejected === 0 ? {} : { partialSuccess }));
  }
  if (rejected === 0) return Buffer.alloc(0);
  const partial = Buffer.concat([varintField(1, rejected), bytesField(2, Buffer.from(message))]);
  return bytesField(1, partial);
}

/** The answer to a request that was not accepted (google.rpc.Status). */
export function statusBody(type: OtlpContentType, code: number, message: string): Buffer {
  if (type === 'application/json') return Buffer.from(JSON.stringify({ code, message }));
  return Buffer.concat([varintField(1, code), bytesField(2, Buffer.from(message))]);
}

function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}

function varintField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

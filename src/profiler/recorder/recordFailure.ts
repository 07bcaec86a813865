import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import { toHrTime } from './otelValues.ts';

function isCancellation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && error.code === 'cancelled');
}

/** What an error says, whatever was thrown. */
export function failureMessage(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null) return Object.prototype.toString.call(error);
  return String(error);
}

/**
 * Writes an error to a span: status and exception event. A cancellation (`AbortError`, or the code `cancelled`) was
 * wanted: it leaves no error but the state `partial`.
 */
export function recordFailure(span: Span, error: unknown, atNs: bigint): void {
  if (isCancellation(error)) {
    span.setAttribute(ATTRIBUTE.state, 'partial');
    return;
  }
  const message = failureMessage(error);
  span.recordException(error instanceof Error ? error : message, toHrTime(atNs));
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

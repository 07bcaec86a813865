/**
 * Values of the status column. 0 to 2 are the codes of OpenTelemetry; `open` marks a span whose end was never seen
 * and was set to the time of the snapshot.
 */
export const SPAN_STATUS = { unset: 0, ok: 1, error: 2, open: 3 } as const;

export type SpanStatus = (typeof SPAN_STATUS)[keyof typeof SPAN_STATUS];

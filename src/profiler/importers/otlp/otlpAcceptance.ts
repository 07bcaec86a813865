/** What became of a request, as its answer tells the client. */
export interface OtlpAcceptance {
  /** Spans, log records or metrics that were kept. */
  readonly accepted: number;
  /** Those that were not: sending them again would be in vain. */
  readonly rejected: number;
  /** Why, in words; empty where nothing was rejected. */
  readonly message: string;
  /** Whether the body itself is no OTLP, or only a part of one. */
  readonly malformed: boolean;
}

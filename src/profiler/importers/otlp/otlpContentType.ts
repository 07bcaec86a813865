/** The encodings of OTLP over HTTP, by their media type. */
export const OTLP_CONTENT_TYPES = ['application/x-protobuf', 'application/json'] as const;

export type OtlpContentType = (typeof OTLP_CONTENT_TYPES)[number];

/** The encoding that a Content-Type header names, or null; parameters and case do not count. */
export function otlpContentType(header: string | undefined): OtlpContentType | null {
  const media = (header ?? '').split(';', 1)[0]?.trim().toLowerCase();
  return OTLP_CONTENT_TYPES.find((type) => type === media) ?? null;
}

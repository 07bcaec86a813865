import type { OtlpAcceptance } from '../importers/otlp/otlpAcceptance.ts';
import type { OtlpContentType } from '../importers/otlp/otlpContentType.ts';
import type { OtlpSignal } from '../importers/otlp/otlpRecords.ts';

/** The body of a request, decompressed and not looked into. */
export interface ReceivedBody {
  readonly signal: OtlpSignal;
  readonly contentType: OtlpContentType;
  readonly bytes: Buffer;
  /** When all of it was there, in Unix milliseconds. */
  readonly receivedAt: number;
}

/** Takes what the receiver receives. */
export interface ReceiverSink {
  /**
   * Says what of a body is kept; the client is answered only then. Where it fails, the client is asked to send the body
   * again later.
   */
  accept(body: ReceivedBody): Promise<OtlpAcceptance>;
}

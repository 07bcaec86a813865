/** What a receiver allows its clients. */
export interface ReceiverLimits {
  /** Bytes of a body, decompressed and compressed; OpenTelemetry recommends 64 MiB. */
  readonly bodyBytes: number;
  /** Bytes of all bodies in memory together. Beyond it clients are asked to come again. */
  readonly bytesInFlight: number;
  /** Requests that are worked on at a time. Beyond it clients are asked to come again. */
  readonly requests: number;
  /** Connections; further ones are closed at once. */
  readonly connections: number;
  /** Milliseconds for a body to arrive whole. */
  readonly bodyMilliseconds: number;
  /** Milliseconds for requests in flight to end after `close`. */
  readonly closeMilliseconds: number;
}

export const RECEIVER_LIMITS: ReceiverLimits = {
  bodyBytes: 64 * 2 ** 20,
  bytesInFlight: 128 * 2 ** 20,
  requests: 64,
  connections: 512,
  bodyMilliseconds: 30_000,
  closeMilliseconds: 5_000,
};

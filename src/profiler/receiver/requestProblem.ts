/** gRPC codes that OTLP answers carry in their body (google.rpc.Code). */
export const RPC_CODE = {
  invalidArgument: 3,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  deadlineExceeded: 4,
  unimplemented: 12,
  unavailable: 14,
} as const;

/** A request that is not accepted, with the answer it gets. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  /** Status of HTTP. */
  readonly status: number;
  /** One of RPC_CODE. */
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** An answer that asks the client to send the same again after a second. */
export function comeAgain(status: 429 | 503, message: string): RequestProblem {
  const code = status === 429 ? RPC_CODE.resourceExhausted : RPC_CODE.unavailable;
  return new RequestProblem(status, code, message, { 'retry-after': '1' });
}

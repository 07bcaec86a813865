import type { ErrorReport } from './ingest.ts';

/** Codes that the connection itself gives; all other codes come from the peer's handlers. */
export const RPC_CODES = {
  unknownMethod: 'rpc.unknown-method',
  badParams: 'rpc.bad-params',
  badResult: 'rpc.bad-result',
  disconnected: 'rpc.disconnected',
  internal: 'rpc.internal',
  cancelled: 'cancelled',
} as const;

/** A request that failed: the peer's report, or the connection's own when the peer could not answer. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: string;
  /** What the person can do next. */
  readonly action: string;

  constructor(report: ErrorReport, options?: { cause?: unknown }) {
    super(report.message, options);
    this.code = report.code;
    this.action = report.action;
  }
}

/** Turns anything thrown into a report; an error that brings a code and an action keeps them. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof Error) {
    const { code, action } = error as Error & { code?: unknown; action?: unknown };
    if (typeof code === 'string' && typeof action === 'string') {
      return { code, message: error.message, action };
    }
    return {
      code: RPC_CODES.internal,
      message: error.message || error.name,
      action: 'Run “Earshot: Show Log” and report what it says.',
    };
  }
  return {
    code: RPC_CODES.internal,
    message: String(error),
    action: 'Run “Earshot: Show Log” and report what it says.',
  };
}

import type { CancelSignal } from '../protocol/rpcCancellation.ts';

/** The connection's cancellation as the AbortSignal that the pipeline takes; also fired by `also`. */
export function abortSignalOf(signal: CancelSignal, also: AbortSignal): AbortSignal {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort());
  return AbortSignal.any([controller.signal, also]);
}

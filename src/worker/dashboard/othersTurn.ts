import { setImmediate as nextTurn } from 'node:timers/promises';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { CancelSignal } from '../../protocol/rpcCancellation.ts';

/**
 * Lets other requests be answered between two steps of long work.
 *
 * @throws EarshotError `dashboard.cancelled` when the asker has gone
 */
export async function othersTurn(signal: CancelSignal): Promise<void> {
  await nextTurn();
  if (!signal.aborted) return;
  throw new EarshotError(
    'dashboard.cancelled',
    'The dashboard was closed.',
    'Open the dashboard again.',
  );
}

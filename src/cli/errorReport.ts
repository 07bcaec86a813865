import { EarshotError } from '../pipeline/earshotError.ts';
import type { ErrorReport } from '../protocol/ingest.ts';

/** Any error as something to print: code, message, and what to do. */
export function errorReport(error: unknown): ErrorReport {
  if (error instanceof EarshotError) {
    return { code: error.code, message: error.message, action: error.action };
  }
  const message = error instanceof Error ? error.message : String(error);
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { code: 'disk.full', message, action: 'Make room on the disk, then run it again.' };
  }
  return {
    code: 'internal',
    message,
    action: 'Run it again with EARSHOT_DEBUG=1 set, and report what it prints.',
  };
}

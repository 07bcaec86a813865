import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { CancelSource, type CancelSignal } from '../../protocol/rpcCancellation.ts';
import { plainMessage } from '../platform/plainMessage.ts';
import type { WorkerEvents } from '../workerClient/workerEvents.ts';

/** Runs a reading of files under a cancellable progress notification, which shows how far the worker is. */
export async function withChartProgress<T>(
  events: Pick<WorkerEvents, 'onChartProgress'>,
  title: string,
  work: (operation: string, signal: CancelSignal) => Promise<T>,
): Promise<T> {
  const operation = randomUUID();
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: plainMessage(title), cancellable: true },
    async (progress, token) => {
      const cancel = new CancelSource();
      let shown = 0;
      const subscriptions = [
        token.onCancellationRequested(() => cancel.cancel()),
        events.onChartProgress((told) => {
          if (told.operation !== operation) return;
          const percent = 100 * (told.fraction ?? 0);
          progress.report({
            message: plainMessage(told.text),
            increment: Math.max(0, percent - shown),
          });
          shown = Math.max(shown, percent);
        }),
      ];
      try {
        return await work(operation, cancel.signal);
      } finally {
        for (const subscription of subscriptions) subscription.dispose();
      }
    },
  );
}

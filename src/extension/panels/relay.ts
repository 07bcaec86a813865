import type { z } from 'zod';
import type { ChartSource } from '../../protocol/chart.ts';
import { CloseChart, OpenChart } from '../../protocol/chartMessages.ts';
import { PANEL_REQUESTS } from '../../protocol/panelMessages.ts';
import type { RequestType, RpcConnection } from '../../protocol/rpc.ts';
import type { CancelSignal } from '../../protocol/rpcCancellation.ts';
import { RpcError } from '../../protocol/rpcError.ts';
import { CloseDiff, OpenDiff } from '../../protocol/runMessages.ts';
import type { Handle } from './openHandles.ts';

/** The part of the worker's client that panels need. */
export interface Worker {
  /** Whether it runs, or is starting: a request starts it otherwise. */
  readonly isLive: boolean;
  request<P extends z.ZodType, R extends z.ZodType>(
    type: RequestType<P, R>,
    params: z.input<P>,
    signal?: CancelSignal,
  ): Promise<z.output<R>>;
}

/** What a relay knows of the panel that it serves. */
export interface RelayParts {
  readonly worker: Worker;
  /** Tells the operations of this panel from those of others: pages choose theirs by themselves. */
  readonly prefix: string;
  /** Whether the person chose this file for a panel. */
  readonly mayRead: (source: ChartSource) => boolean;
  readonly opened: (handle: Handle) => void;
  readonly closed: (kind: Handle['kind'], id: string) => void;
}

/** Passes PANEL_REQUESTS of a page on to the worker, with their cancellation, and remembers what they open and close. */
export function relayRequests(connection: RpcConnection, parts: RelayParts): void {
  const { worker, prefix, mayRead, opened, closed } = parts;
  for (const type of PANEL_REQUESTS as readonly RequestType<z.ZodType, z.ZodType>[]) {
    connection.handle(type, (params, signal) => worker.request(type, params, signal));
  }
  connection.handle(OpenChart, async ({ operation, source }, signal) => {
    checkSources([source], mayRead);
    const asked = { operation: prefix + operation, source };
    const header = await worker.request(OpenChart, asked, signal);
    opened({ kind: 'chart', id: header.chart, charts: [header.chart] });
    return header;
  });
  connection.handle(OpenDiff, async ({ operation, a, b }, signal) => {
    checkSources([a, b], mayRead);
    const answer = await worker.request(OpenDiff, { operation: prefix + operation, a, b }, signal);
    opened({ kind: 'diff', id: answer.diff, charts: [answer.a.chart, answer.b.chart] });
    return answer;
  });
  connection.handle(CloseChart, (params, signal) => {
    closed('chart', params.chart);
    return worker.request(CloseChart, params, signal);
  });
  connection.handle(CloseDiff, (params, signal) => {
    closed('diff', params.diff);
    return worker.request(CloseDiff, params, signal);
  });
}

function checkSources(
  sources: readonly ChartSource[],
  mayRead: (source: ChartSource) => boolean,
): void {
  if (sources.every(mayRead)) return;
  throw new RpcError({
    code: 'panel.not-chosen',
    message: 'This file was not chosen to be shown here.',
    action: 'Open it with “Earshot: Open Profile or Log File…”.',
  });
}

import type { z } from 'zod';
import type { ChartHeader, ChartSource } from '../../../src/protocol/chart.ts';
import {
  ChartChanged,
  ChartProgress,
  CloseChart,
  GetChartHeader,
  OpenChart,
} from '../../../src/protocol/chartMessages.ts';
import { WorkerRestarted } from '../../../src/protocol/panelMessages.ts';
import type { RequestType, RpcConnection } from '../../../src/protocol/rpc.ts';
import { CancelSource } from '../../../src/protocol/rpcCancellation.ts';
import { RPC_CODES, RpcError } from '../../../src/protocol/rpcError.ts';

/** What a session tells. */
export interface SessionListener {
  progress(fraction: number | null, text: string): void;
  /** The chart has been opened, opened again, or has grown; the next growth is told of when this is drawn. */
  header(header: ChartHeader): Promise<void>;
  failed(error: unknown): void;
}

let operations = 0;

/**
 * One source opened in the worker. It opens the source again by itself where the worker does not know the chart any more,
 * and asks for the header again where a live run has grown.
 */
export class ChartSession {
  readonly source: ChartSource;
  readonly #connection: RpcConnection;
  readonly #listener: SessionListener;
  #operation = '';
  #header: ChartHeader | null = null;
  #opening: Promise<void> | null = null;
  #cancel: CancelSource | null = null;
  #reading = false;
  #stale = false;
  #ended = false;

  constructor(connection: RpcConnection, source: ChartSource, listener: SessionListener) {
    this.#connection = connection;
    this.source = source;
    this.#listener = listener;
    connection.listen(ChartProgress, ({ operation, fraction, text }) => {
      if (operation === this.#operation) listener.progress(fraction, text);
    });
    connection.listen(ChartChanged, ({ chart, revision }) => {
      if (chart !== this.#header?.chart || revision === this.#header.revision) return;
      void this.#readHeader();
    });
    connection.listen(WorkerRestarted, () => void this.open());
  }

  get header(): ChartHeader | null {
    return this.#header;
  }

  /** Opens the source, or waits for the opening that goes on. What comes of it is told to the listener. */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** Stops an opening that goes on. */
  cancel(): void {
    this.#cancel?.cancel();
  }

  /** Lets the worker forget the chart; nothing is told any more. */
  end(): void {
    this.#ended = true;
    this.cancel();
    if (this.#header !== null) this.#close(this.#header);
  }

  /** Asks about the open chart, which is opened again first where the worker has forgotten it. @throws RpcError */
  async ask<P extends z.ZodType, R extends z.ZodType>(
    type: RequestType<P, R>,
    params: Omit<z.input<P>, 'chart'>,
  ): Promise<z.output<R>> {
    try {
      return await this.#askOnce(type, params);
    } catch (error) {
      if (this.#ended || !isForgotten(error)) throw error;
      await this.open();
      return this.#askOnce(type, params);
    }
  }

  #askOnce<P extends z.ZodType, R extends z.ZodType>(
    type: RequestType<P, R>,
    params: Omit<z.input<P>, 'chart'>,
  ): Promise<z.output<R>> {
    const chart = this.#header?.chart ?? '';
    return this.#connection.request(type, { ...params, chart } as z.input<P>);
  }

  async #open(): Promise<void> {
    this.#operation = `open${++operations}`;
    this.#cancel = new CancelSource();
    try {
      const header = await this.#connection.request(
        OpenChart,
        { operation: this.#operation, source: this.source },
        this.#cancel.signal,
      );
      void this.#take(header);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#cancel = null;
    }
  }

  async #readHeader(): Promise<void> {
    if (this.#reading) {
      this.#stale = true;
      return;
    }
    this.#reading = true;
    try {
      await this.#take(await this.ask(GetChartHeader, {}));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#reading = false;
    }
    if (this.#stale) {
      this.#stale = false;
      await this.#readHeader();
    }
  }

  #fail(error: unknown): void {
    if (!this.#ended) this.#listener.failed(error);
  }

  #close({ chart }: ChartHeader): void {
    this.#connection.request(CloseChart, { chart }).catch(() => undefined);
  }

  async #take(header: ChartHeader): Promise<void> {
    if (this.#ended) {
      // The answer was on its way already when the opening was given up.
      this.#close(header);
      return;
    }
    this.#header = header;
    try {
      await this.#listener.header(header);
    } catch (error) {
      this.#fail(error);
    }
  }
}

/** Whether the worker does not know the chart any more, or has ended over the question. */
function isForgotten(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    (error.code === 'chart.unknown' || error.code === RPC_CODES.disconnected)
  );
}

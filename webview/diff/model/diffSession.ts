import type { ChartSource } from '../../../src/protocol/chart.ts';
import { ChartProgress } from '../../../src/protocol/chartMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { CancelSource } from '../../../src/protocol/rpcCancellation.ts';
import { CloseDiff, OpenDiff } from '../../../src/protocol/runMessages.ts';
import type { DiffResult } from './diffResult.ts';

let operations = 0;

/** One opening of a diff after the other: what an older one answers is let go of. */
export class DiffSession {
  readonly #connection: RpcConnection;
  #operation = '';
  #cancel: CancelSource | null = null;
  #held: string | null = null;

  /** @param onProgress told of how far the opening is: a share of 1, or null where that is not known */
  constructor(
    connection: RpcConnection,
    onProgress: (fraction: number | null, text: string) => void,
  ) {
    this.#connection = connection;
    connection.listen(ChartProgress, ({ operation, fraction, text }) => {
      if (operation === this.#operation) onProgress(fraction, text);
    });
  }

  /** Opens two runs; null where another opening overtook this one. @throws RpcError */
  async open(a: ChartSource, b: ChartSource): Promise<DiffResult | null> {
    this.cancel();
    this.#letGo();
    const operation = `diff${++operations}`;
    const cancel = new CancelSource();
    this.#operation = operation;
    this.#cancel = cancel;
    try {
      const diff = await this.#connection.request(OpenDiff, { operation, a, b }, cancel.signal);
      if (this.#operation !== operation) {
        this.#close(diff.diff);
        return null;
      }
      this.#held = diff.diff;
      return diff;
    } catch (error) {
      if (this.#operation !== operation) return null;
      throw error;
    }
  }

  /** Stops an opening that goes on. */
  cancel(): void {
    this.#cancel?.cancel();
    this.#cancel = null;
  }

  #letGo(): void {
    if (this.#held !== null) this.#close(this.#held);
    this.#held = null;
  }

  #close(diff: string): void {
    // A worker that was started anew has let go of it already.
    this.#connection.request(CloseDiff, { diff }).catch(() => undefined);
  }
}

import type { ChartSource } from '../../../src/protocol/chart.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { isSameSource } from '../../flame/page/pageState.ts';
import { KeptState } from '../../shared/keptState.ts';
import { DiffState, firstState } from './diffState.ts';

/** The state of the diff's page. */
export class DiffStore extends KeptState<DiffState> {
  /** Takes up what an earlier life of the page left of the same two runs. */
  constructor(connection: RpcConnection, a: ChartSource, b: ChartSource) {
    super({
      schema: DiffState,
      connection,
      begin: (saved) =>
        saved !== null && isSameSource(saved.a, a) && isSameSource(saved.b, b)
          ? saved
          : firstState(a, b),
      content: (state) => ({ panel: 'diff', a: state.a, b: state.b }),
    });
  }
}

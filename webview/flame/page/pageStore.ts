import type { ChartSource } from '../../../src/protocol/chart.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { KeptState } from '../../shared/keptState.ts';
import { firstState, isSameSource, PageState } from './pageState.ts';

/** The state of the flame chart's page. */
export class PageStore extends KeptState<PageState> {
  /** Takes up what an earlier life of the page left of the same source. */
  constructor(connection: RpcConnection, source: ChartSource) {
    super({
      schema: PageState,
      connection,
      begin: (saved) => (saved && isSameSource(saved.source, source) ? saved : firstState(source)),
      content: ({ source: shown, view, selected }) => ({
        panel: 'flame',
        source: shown,
        // A node of a merged view is nothing that a link to the run could name.
        span: selected?.view === 'time' ? selected.span : null,
        view,
      }),
    });
  }

  /** Begins anew with another source. */
  reset(source: ChartSource): void {
    this.update(firstState(source));
  }
}

import type { RunBuilder } from '../../model/runBuilder.ts';
import { MetricCounters } from './metricCounters.ts';
import { Processes } from './processes.ts';
import { SpanIds } from './spanIds.ts';
import { SpanSources } from './spanSource.ts';

const STATES = new WeakMap<RunBuilder, OtlpRunState>();

/** What the inputs of one run share, so that a tree is put together across them. */
export class OtlpRunState {
  readonly ids: SpanIds;
  readonly processes: Processes;
  readonly sources: SpanSources;
  readonly counters: MetricCounters;

  private constructor(builder: RunBuilder) {
    this.ids = new SpanIds(builder);
    this.processes = new Processes(builder);
    this.sources = new SpanSources(builder);
    this.counters = new MetricCounters(builder);
  }

  /** The state of a builder: the same for all its inputs. */
  static of(builder: RunBuilder): OtlpRunState {
    let state = STATES.get(builder);
    if (state === undefined) {
      state = new OtlpRunState(builder);
      STATES.set(builder, state);
    }
    return state;
  }
}

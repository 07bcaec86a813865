import { LogCollector } from '../../logs/logCollector.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { TrackId } from '../../model/units.ts';
import { MetricCounters } from './metricCounters.ts';
import { Processes } from './processes.ts';
import { SpanIds } from './spanIds.ts';
import { SpanSources } from './spanSource.ts';

/** Program that recorded. */
export interface OtlpClient {
  readonly client: string;
  readonly clientVersion: string;
}

const STATES = new WeakMap<RunBuilder, OtlpRunState>();

/** What the inputs of one run share, so that a tree is put together across them. */
export class OtlpRunState {
  readonly ids: SpanIds;
  readonly processes: Processes;
  readonly sources: SpanSources;
  readonly counters: MetricCounters;
  readonly #builder: RunBuilder;
  #log: LogCollector | null = null;
  #client: OtlpClient | null = null;

  private constructor(builder: RunBuilder) {
    this.#builder = builder;
    this.ids = new SpanIds(builder);
    this.processes = new Processes(builder);
    this.sources = new SpanSources(builder);
    this.counters = new MetricCounters(builder);
  }

  /** Reads what log records say: figures and templates. The records themselves are kept with their severity. */
  logOf(track: TrackId): LogCollector {
    this.#log ??= new LogCollector(this.#builder, {
      file: 'otlp',
      track,
      clock: 'arrival',
      summaryOnly: true,
    });
    return this.#log;
  }

  /** Who recorded the first of the records; null without any. */
  get client(): OtlpClient | null {
    return this.#client;
  }

  setClient(client: OtlpClient): void {
    this.#client ??= client;
  }

  /** The state of a builder: the same for all its inputs. */
  static of(builder: RunBuilder): OtlpRunState {
    let state = STATES.get(builder);
    if (state === undefined) {
      state = new OtlpRunState(builder);
      STATES.set(builder, state);
      builder.beforeLast(() => STATES.delete(builder));
    }
    return state;
  }
}

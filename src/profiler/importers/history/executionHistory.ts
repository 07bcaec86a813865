import { ATTRIBUTE, type REPLICATES } from '../../model/attributeNames.ts';
import type { Attributes } from '../../model/attributes.ts';
import { SPAN_STATUS } from '../../model/spanStatus.ts';
import type { ImportRun } from '../importer.ts';

const NS_PER_SECOND = 1e9;

/** Longer executions than ten years are no measurements. */
const MAX_SECONDS = 315_360_000;

/** One measurement of a benchmark. */
export interface Execution {
  /** Tells benchmarks apart: the name of the track. */
  readonly benchmark: string;
  /** Name of the span. */
  readonly name: string;
  /** Of one iteration. */
  readonly seconds: number;
  readonly failed: boolean;
  readonly replicate: (typeof REPLICATES)[keyof typeof REPLICATES];
  readonly attributes?: Attributes;
  /** Further metrics, by name. */
  readonly metrics?: readonly Metric[];
}

export interface Metric {
  readonly name: string;
  /** UCUM unit as OpenTelemetry writes it. */
  readonly unit: string;
  readonly value: number;
  readonly higherIsBetter: boolean;
}

/** Lays the executions of benchmarks one behind the other, each benchmark on a track of its own. */
export class ExecutionHistory {
  readonly #run: ImportRun;
  #atNs = 0;
  #count = 0;

  constructor(run: ImportRun) {
    this.#run = run;
  }

  /** Executions so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds an execution behind the last one. False where its time is none. */
  add(execution: Execution): boolean {
    const { seconds, metrics = [] } = execution;
    if (!(seconds >= 0 && seconds < MAX_SECONDS)) return false;
    const track = this.#run.track(execution.benchmark, 'thread');
    const startNs = this.#atNs + this.#run.offsetNs;
    const higher = metrics.filter(({ higherIsBetter }) => higherIsBetter).map(({ name }) => name);
    this.#run.builder.addSpan({
      name: execution.name,
      startNs,
      durationNs: seconds * NS_PER_SECOND,
      track,
      parent: null,
      status: execution.failed ? SPAN_STATUS.error : SPAN_STATUS.ok,
      attributes: {
        ...execution.attributes,
        [ATTRIBUTE.replicate]: execution.replicate,
        [ATTRIBUTE.higherIsBetter]: higher.length > 0 ? higher : undefined,
      },
    });
    for (const { name, unit, value } of metrics) {
      if (Number.isFinite(value)) this.#run.builder.addSample(name, unit, track, startNs, value);
    }
    this.#atNs += seconds * NS_PER_SECOND;
    this.#count += 1;
    return true;
  }
}

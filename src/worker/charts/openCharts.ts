import { randomUUID } from 'node:crypto';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { ChartSource } from '../../protocol/chart.ts';
import type { ChartModel } from '../../profiler/chart/chartModel.ts';
import type { ImportProgress } from '../runs/importFiles.ts';
import type { ChartLoader } from './chartLoader.ts';
import { type Examine, SharedChart } from './sharedChart.ts';

/** A chart that somebody opened: the handle is theirs, the rest is shared with all who look at the same source. */
export interface OpenedChart {
  readonly handle: string;
  readonly chart: SharedChart;
  /** As it is now. A later one comes from `OpenCharts.use`: a live run grows, and one that nobody used is read anew. */
  readonly model: ChartModel;
}

/** What charts are held with. */
export interface OpenChartsParts {
  readonly loader: ChartLoader;
  readonly examine: Examine;
  /** Told of each handle whose chart has another revision now. */
  readonly onChanged: (handle: string, revision: number) => void;
  readonly onProblem: (error: unknown) => void;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** The charts that are open, by handle. Two openings of one source share its run. */
export class OpenCharts {
  readonly #parts: OpenChartsParts;
  readonly #bySource = new Map<string, SharedChart>();
  readonly #byHandle = new Map<string, SharedChart>();

  constructor(parts: OpenChartsParts) {
    this.#parts = parts;
  }

  /**
   * Opens a source. The run is held until `release`; the import of a file ends when all who wait for it have given up.
   *
   * @throws EarshotError `run.*`, `chart.relative-path`; ProfilerError `import.*`, `codec.*`; DOMException `AbortError`
   */
  async open(
    source: ChartSource,
    signal: AbortSignal,
    onProgress: (progress: ImportProgress) => void = () => undefined,
  ): Promise<OpenedChart> {
    const { loader, examine, onProblem, now } = this.#parts;
    const key = loader.keyOf(source);
    const known = this.#bySource.get(key);
    const onChanged = (revision: number): void => {
      for (const each of chart.handles) this.#parts.onChanged(each, revision);
    };
    const chart = known ?? new SharedChart(source, { loader, examine, onChanged, onProblem, now });
    this.#bySource.set(key, chart);
    const handle = randomUUID();
    chart.handles.add(handle);
    try {
      const model = await chart.model(signal, onProgress);
      await chart.examine();
      this.#byHandle.set(handle, chart);
      return { handle, chart, model };
    } catch (error) {
      this.#leave(handle, chart);
      throw error;
    }
  }

  /** The chart of a handle. @throws EarshotError `chart.unknown`; as `open` where it has to be read anew */
  async use(handle: string): Promise<OpenedChart> {
    const chart = this.#byHandle.get(handle);
    if (chart === undefined) {
      throw new EarshotError(
        'chart.unknown',
        'This chart is not open any more.',
        'Open it again: its run is still where it was.',
      );
    }
    return { handle, chart, model: await chart.model() };
  }

  /** Whoever had the handle is done with it. */
  release(handle: string): void {
    const chart = this.#byHandle.get(handle);
    this.#byHandle.delete(handle);
    if (chart !== undefined) this.#leave(handle, chart);
  }

  /** Looks after live runs, and drops what nobody used for long; to be called several times a second. */
  check(): void {
    for (const chart of this.#bySource.values()) chart.check();
  }

  async stop(): Promise<void> {
    const charts = [...this.#bySource.values()];
    this.#bySource.clear();
    this.#byHandle.clear();
    await Promise.all(charts.map((chart) => chart.close()));
  }

  #leave(handle: string, chart: SharedChart): void {
    chart.handles.delete(handle);
    if (chart.handles.size > 0) return;
    for (const [key, each] of this.#bySource) if (each === chart) this.#bySource.delete(key);
    void chart.close();
  }
}
